#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "geo_core/time.hpp"

namespace riskbild::importers {

/// Which page of which days to ask an Open311 city for next. Pure: told what each page held, it says what
/// comes then.
///
/// GeoReport allows 90 days at once and promises no totals, and cities differ: some know no `page` and answer
/// every page with the same requests, some end with an empty page, some with a short one. A window whose
/// pages repeat while its number of requests looks like a limit is asked again in halves.
class Open311Windows {
public:
    /// \pre from < to
    Open311Windows(Instant from, Instant to);

    struct Page {
        TimeInterval window;
        int number = 1;
        bool operator==(Page const&) const = default;
    };
    /// The page to ask for; nothing when all have been.
    [[nodiscard]] std::optional<Page> next() const;
    /// What the page held that was just asked for. \param ids of its requests
    void held(std::set<std::string> const& ids);

    /// Up to here everything has been asked for.
    [[nodiscard]] Instant complete_until() const { return complete_until_; }
    /// Windows of a day that still look cut off at a limit: requests may be missing.
    [[nodiscard]] std::size_t cut_off() const { return cut_off_; }

private:
    void end_window();
    void halve_window();

    std::deque<TimeInterval> windows_;  // to be asked for, the first now
    Instant complete_until_;
    int page_ = 1;
    std::size_t first_page_size_ = 0;
    std::set<std::string> seen_;  // of this window
    std::size_t cut_off_ = 0;
};

}  // namespace riskbild::importers
