#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"
#include "importers/fetch/feed_fetch.hpp"

namespace riskbild::importers {

/// What to ask an Open311 city for.
struct Open311Wish {
    std::string base;               ///< `https://…/open311/v2`, without a slash at the end
    std::string jurisdiction{};     ///< `jurisdiction_id`, where the city wants one
    std::string service_code{};     ///< only requests of this service; empty: all
    std::optional<Instant> from{};  ///< nothing: a week before the last run ended, else 90 days ago
    std::optional<Instant> to{};    ///< nothing: now
};

/// Ten calls a minute: what cities that say anything of it allow.
[[nodiscard]] FetchRules open311_rules();

/// \return ErrorCode::wrong_use for an address that is not asked
Result<void> check_open311_wish(Open311Wish const& wish, Instant now);

/// `…/requests.json?jurisdiction_id=…&start_date=…&end_date=…&page_size=200&page=1`
[[nodiscard]] std::string open311_address(Open311Wish const& wish, std::string const& resource, bool xml,
                                          std::optional<TimeInterval> window = {}, int page = 1);

/// What a run over a city's requests did.
struct Open311Run {
    std::size_t windows = 0, pages = 0;
    bool is_stopped = false;
    std::optional<Error> problem{};  ///< that ended it; what came before is taken in
    std::vector<std::string> notes{};
};

/// Asks for the services and then for all requests of the wish, window by window and page by page; each page
/// is an answer that is kept and taken in. What fails is tried again a few times with growing pauses. A run
/// that was cut short is taken up a week before its last complete window ended when the same is wished again.
/// \param services is told the city's services by code before the first page; may be empty
/// \param tell called after each page
Open311Run fetch_open311(FeedFetch& fetch, Open311Wish const& wish,
                         std::function<void(std::map<std::string, std::string>)> const& services,
                         std::function<void(Poll const&)> const& tell);

/// Runs, and runs again `every` so often, until the clock says to end. Until a run has gone through, the next
/// is of the same wish; from there on each asks for what is new.
/// \param ended called after each run
/// \return nothing went wrong that time cannot heal, or the error
Result<void> fetch_open311_repeatedly(FeedFetch& fetch, Open311Wish wish, std::chrono::seconds every,
                                      std::function<void(std::map<std::string, std::string>)> const& services,
                                      std::function<void(Poll const&)> const& tell,
                                      std::function<void(Open311Run const&)> const& ended);

/// How far the runs of one wish have come: `done 2026-06-01T00:00:00Z`, or
/// `2026-01-01T00:00:00Z through 2026-03-01T00:00:00Z` of one that was cut short.
struct Open311Progress {
    std::optional<Instant> done{};  ///< until where everything has been asked for
    std::optional<Instant> from{}, through{};
    bool operator==(Open311Progress const&) const = default;
};
[[nodiscard]] std::string progress_text(Open311Progress const& progress);
/// \return an empty progress for anything else
[[nodiscard]] Open311Progress parse_progress(std::string_view text);

/// What is remembered with the answers: the progress of each wish (address, jurisdiction and service), a line
/// each, the newest first. \return an empty progress for a wish that was not remembered
[[nodiscard]] Open311Progress progress_of(Open311Wish const& wish, std::string_view memory);
/// The memory with that progress in place of the wish's former one.
[[nodiscard]] std::string with_progress(std::string_view memory, Open311Wish const& wish,
                                        Open311Progress const& progress);

}  // namespace riskbild::importers
