#include "importers/open311/open311_windows.hpp"

#include <algorithm>
#include <cassert>

namespace riskbild::importers {
namespace {

constexpr date::days kLongestWindow{90};
constexpr date::days kShortestWindow{1};
constexpr int kMostPages = 10'000;

// 50, 100, 200, 1000: a number that a program chose, rather than a city's days.
bool looks_like_a_limit(std::size_t requests)
{
    constexpr std::size_t kLimitsAreMultiplesOf = 50;
    return requests > 0 && requests % kLimitsAreMultiplesOf == 0;
}

}  // namespace

Open311Windows::Open311Windows(Instant from, Instant to) : complete_until_(from)
{
    assert(from < to && "a window must have days");
    for (auto at = from; at < to; at += kLongestWindow)
        windows_.push_back({at, std::min<Instant>(at + kLongestWindow, to)});
}

std::optional<Open311Windows::Page> Open311Windows::next() const
{
    if (windows_.empty())
        return std::nullopt;
    return Page{windows_.front(), page_};
}

void Open311Windows::held(std::set<std::string> const& ids)
{
    auto const before = seen_.size();
    seen_.insert(ids.begin(), ids.end());
    auto const brought_new = seen_.size() > before;
    if (page_ == 1)
        first_page_size_ = ids.size();
    // The second page repeats the first: this city knows no pages, or has no more.
    if (page_ == 2 && !brought_new && !ids.empty() && looks_like_a_limit(first_page_size_))
        return halve_window();
    auto const is_last = !brought_new || ids.size() < first_page_size_ || page_ >= kMostPages;
    if (is_last)
        return end_window();
    ++page_;
}

void Open311Windows::end_window()
{
    complete_until_ = windows_.front().to;
    windows_.pop_front();
    page_ = 1;
    seen_.clear();
}

void Open311Windows::halve_window()
{
    auto const window = windows_.front();
    if (window.length() <= kShortestWindow) {
        ++cut_off_;
        return end_window();
    }
    // Whole hours, so that addresses stay readable.
    auto const middle = window.from + date::floor<std::chrono::hours>(window.length() / 2);
    windows_.front() = {middle, window.to};
    windows_.push_front({window.from, middle});
    page_ = 1;
    seen_.clear();
}

}  // namespace riskbild::importers
