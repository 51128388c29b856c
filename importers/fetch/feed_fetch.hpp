#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"
#include "importers/fetch/answer_folder.hpp"
#include "importers/fetch/fetch_schedule.hpp"
#include "importers/fetch/web_client.hpp"

namespace riskbild::importers {

/// Time as a fetch knows it; tests give it another.
struct FetchClock {
    std::function<Instant()> now;
    /// Waits until then. \return false where it shall end instead
    std::function<bool(Instant until)> wait;
};

/// A feed to be asked, and what to do with its answers.
struct Feed {
    std::string name;  ///< how answers are called: `police`
    std::string ending = ".json";
    FetchRules rules;
    GetPage get;
    FetchClock clock;
    /// Takes one file into the store. What it cannot understand it must say as ErrorCode::unreadable or
    /// too_large; the file is then put aside and not tried again. After any other error it is.
    std::function<Result<ImportReport>(std::filesystem::path const& answer)> import;
};

/// What came of asking a feed once, and of taking in what waited.
struct Poll {
    Instant at;
    int status = 0;                       ///< of the server's answer; 0: it gave none
    bool is_stopped = false;              ///< somebody wanted it to end
    std::optional<Error> problem{};       ///< the first thing that went wrong
    std::size_t answers = 0;              ///< taken into the store
    ImportReport report{};                ///< of all of them
    std::optional<Instant> not_before{};  ///< after a failure: when the feed may be asked again
};

/// `2026-06-01T12:00:00Z police: 1 answer; read 500, kept 2 (2 new, …), …`, or what went wrong. One line.
[[nodiscard]] std::string line_of(Poll const& poll, std::string const& feed);

/// Asks a feed as its rules allow, keeps each answer before anything else is done with it, and takes it into
/// a store.
///
/// Statuses other than 200, no connection, and answers that the importer cannot understand are failures: the
/// feed is then left alone for a growing while, and at least as long as it asks for.
class FeedFetch {
public:
    /// \return as AnswerFolder::open
    static Result<FeedFetch> open(Feed feed, std::filesystem::path const& answers);

    /// Takes in what waits from before; waits until the feed may be asked; asks once; takes in the answer.
    /// \param look is shown a good answer's bytes when they are kept; may be empty
    Poll poll(std::string const& address, std::function<void(std::string const& body)> const& look = {});
    /// Waits and asks as `poll` does, but keeps nothing: for what only explains the answers. A failure counts
    /// as one; what is answered well ends no pauses, as that only a good answer to `poll` can. \param poll is
    /// told what went wrong \return nothing then, and where the status is not 200
    std::optional<WebAnswer> ask(std::string const& address, Poll& poll);

    /// As the first part of `poll`. \return what it did; `at` is now
    Poll take_in_waiting();
    /// When the feed may be asked next.
    [[nodiscard]] Instant next() const { return schedule_.next(feed_.clock.now()); }

    /// For feeds of several pages: how far they have come, kept with the answers.
    [[nodiscard]] std::string const& progress() const { return progress_; }
    Result<void> remember_progress(std::string progress);

    [[nodiscard]] Feed const& feed() const { return feed_; }

private:
    FeedFetch(Feed feed, AnswerFolder folder, AnswerFolder::Memory memory);
    Result<void> remember() const;
    void take_in(Poll& poll);
    void keep_and_take_in(std::string const& body, Poll& poll);
    void note_failure(Poll& poll, Error error, std::optional<std::chrono::seconds> retry_after);

    Feed feed_;
    AnswerFolder folder_;
    FetchSchedule schedule_;
    std::string progress_;
};

/// Polls again and again, `every` so often, until the clock says to end. \param tell called after each poll
/// \return nothing went wrong that time cannot heal, or the error: a store of a newer version, damaged …
Result<void> poll_repeatedly(FeedFetch& fetch, std::string const& address, std::chrono::seconds every,
                             std::function<void(Poll const&)> const& tell);

/// Whether a feed that failed so may be asked again, rather than somebody be asked what to do.
[[nodiscard]] bool may_heal(ErrorCode code);

}  // namespace riskbild::importers
