#include "importers/open311/open311_fetch.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "importers/open311/open311_fields.hpp"
#include "importers/open311/open311_windows.hpp"

namespace riskbild::importers {
namespace {

constexpr date::days kFirstReach{90};
// Cities publish some requests only after somebody has looked at them.
constexpr date::days kOverlap{7};
constexpr int kMostTries = 5, kMostTriesForServices = 3;
constexpr std::size_t kMostWishes = 50;
constexpr int kPageSize = 200;
constexpr std::string_view kDone = "done ", kThrough = " through ";

// The ids on a page; nothing where it cannot be read, which its import says too.
std::optional<std::set<std::string>> ids_of(std::string const& body)
{
    auto source = ByteSource::from_memory("page", body);
    auto records = Open311Records::open(source);
    if (!records)
        return std::nullopt;
    std::set<std::string> ids;
    while (true) {
        auto const more = records->next();
        if (!more || (*more && open311_error(records->record())))
            return std::nullopt;
        if (!*more)
            return ids;
        auto const request = read_open311_request(records->record());
        ids.insert(request.id.empty() ? "token " + request.token : request.id);
    }
}

bool is_worth_another_try(Poll const& poll)
{
    constexpr int kTooMany = 429, kServerAtFault = 500, kAnswer = 200;
    return poll.status == 0 || poll.status == kTooMany || poll.status >= kServerAtFault ||
           poll.status == kAnswer;
}

class Run {
public:
    Run(FeedFetch& fetch, Open311Wish const& wish, std::function<void(Poll const&)> const& tell)
        : fetch_(fetch), wish_(wish), tell_(tell)
    {
    }

    Open311Run run;

    // Which services there are, and whether the city answers in JSON: not all do.
    std::map<std::string, std::string> services()
    {
        for (auto const xml : {false, true}) {
            auto const answer = ask_for_services(xml);
            if (run.is_stopped || run.problem)
                return {};
            if (!answer)
                continue;
            auto read = read_open311_services(answer->body);
            if (!read)
                continue;
            is_xml_ = xml;
            return std::move(*read);
        }
        run.notes.emplace_back(
            "the city gives no list of its services; requests that tell only a code stay without a name");
        return {};
    }

    void requests(Instant from, Instant to, Instant begin)
    {
        auto const before = progress_of(wish_, fetch_.progress());
        auto const reached = before.from == begin ? before.through.value_or(from) : from;
        Open311Windows windows{from, to};
        auto complete = from;
        while (auto const page = windows.next()) {
            auto const ids = take_page(*page);
            if (!ids)
                return;
            ++run.pages;
            windows.held(*ids);
            if (windows.complete_until() == complete)
                continue;
            complete = windows.complete_until();
            ++run.windows;
            if (!remember({.done = before.done, .from = begin, .through = std::max(complete, reached)}))
                return;
        }
        if (windows.cut_off() > 0)
            run.notes.push_back(
                fmt::format("days whose number of requests looks like the city's limit, so that some may be "
                            "missing: {}",
                            windows.cut_off()));
        // A run that began later leaves a gap, which the next one is to ask for.
        auto const joins = !before.done || begin <= *before.done;
        remember({.done = joins ? std::max(to, before.done.value_or(to)) : *before.done});
    }

private:
    // A server at fault is asked again: that it cannot answer now says nothing of what it answers in.
    std::optional<WebAnswer> ask_for_services(bool xml)
    {
        for (int tries = 1;; ++tries) {
            Poll poll{.at = fetch_.feed().clock.now()};
            auto answer = fetch_.ask(open311_address(wish_, "services", xml), poll);
            run.is_stopped = poll.is_stopped;
            if (answer || poll.is_stopped)
                return answer;
            if (is_worth_another_try(poll) && tries < kMostTriesForServices &&
                (!poll.problem || may_heal(poll.problem->code)))
                continue;
            if (poll.status == 0) {
                run.problem = poll.problem;
                tell_(poll);
            }
            return std::nullopt;
        }
    }

    std::optional<std::set<std::string>> take_page(Open311Windows::Page const& page)
    {
        auto const address = open311_address(wish_, "requests", is_xml_, page.window, page.number);
        for (int tries = 1;; ++tries) {
            std::optional<std::set<std::string>> ids;
            auto poll = fetch_.poll(address, [&](std::string const& body) { ids = ids_of(body); });
            tell_(poll);
            run.is_stopped = poll.is_stopped;
            if (poll.is_stopped)
                return std::nullopt;
            if (ids && !poll.problem)
                return ids;
            if (tries >= kMostTries || !is_worth_another_try(poll) ||
                (poll.problem && !may_heal(poll.problem->code))) {
                run.problem =
                    poll.problem.value_or(Error{ErrorCode::unreadable, "a page cannot be understood"});
                return std::nullopt;
            }
        }
    }

    bool remember(Open311Progress const& progress)
    {
        auto const remembered = fetch_.remember_progress(with_progress(fetch_.progress(), wish_, progress));
        if (!remembered)
            run.problem = remembered.error();
        return remembered.has_value();
    }

    FeedFetch& fetch_;
    Open311Wish const& wish_;
    std::function<void(Poll const&)> const& tell_;
    bool is_xml_ = false;
};

std::string without_slash(std::string base)
{
    while (base.ends_with('/'))
        base.pop_back();
    return base;
}

// Without a blank, so that it ends where the progress begins.
std::string name_of_wish(Open311Wish const& wish)
{
    return fmt::format("{}?jurisdiction_id={}&service_code={}", without_slash(wish.base),
                       percent_encoded(wish.jurisdiction), percent_encoded(wish.service_code));
}

std::string_view take_line(std::string_view& text)
{
    auto const end = std::min(text.find('\n'), text.size());
    auto const line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

}  // namespace

FetchRules open311_rules()
{
    return {.least_pause = std::chrono::seconds{6}, .most_an_hour = 600, .most_a_day = 10'000};
}

Result<void> check_open311_wish(Open311Wish const& wish, Instant now)
{
    if (auto const good = check_address(wish.base); !good)
        return good;
    if (wish.base.find_first_of("?#") != std::string::npos)
        return fail(
            ErrorCode::wrong_use,
            "the address has a question mark or hash, expected the beginning of all addresses of the city's "
            "Open311, such as https://example.se/open311/v2",
            "url");
    if (wish.from && *wish.from >= wish.to.value_or(now))
        return fail(ErrorCode::wrong_use,
                    fmt::format("--from {} is not before --to {}", to_text(*wish.from),
                                to_text(wish.to.value_or(now))),
                    "from");
    return {};
}

std::string open311_address(Open311Wish const& wish, std::string const& resource, bool xml,
                            std::optional<TimeInterval> window, int page)
{
    auto address = fmt::format("{}/{}.{}", without_slash(wish.base), resource, xml ? "xml" : "json");
    auto const append = [&](std::string_view key, std::string const& value) {
        if (!value.empty())
            address += fmt::format("{}{}={}", address.find('?') == std::string::npos ? '?' : '&', key,
                                   percent_encoded(value));
    };
    append("jurisdiction_id", wish.jurisdiction);
    if (!window)
        return address;
    append("service_code", wish.service_code);
    append("start_date", to_text(window->from));
    append("end_date", to_text(window->to));
    append("page_size", std::to_string(kPageSize));
    append("page", std::to_string(page));
    return address;
}

Open311Run fetch_open311(FeedFetch& fetch, Open311Wish const& wish,
                         std::function<void(std::map<std::string, std::string>)> const& services,
                         std::function<void(Poll const&)> const& tell)
{
    auto const now = fetch.feed().clock.now();
    auto const progress = progress_of(wish, fetch.progress());
    auto const anew = progress.done ? *progress.done - kOverlap : now - kFirstReach;
    auto const begin = wish.from.value_or(progress.from.value_or(anew));
    auto const to = wish.to.value_or(now);
    // A run of the same beginning that was cut short goes on where its last window ended, and overlaps it
    // too.
    auto const resumes = progress.from == begin && progress.through && *progress.through < to;
    auto const from = resumes ? std::max(begin, *progress.through - kOverlap) : begin;

    Run run{fetch, wish, tell};
    if (from >= to)
        return run.run;
    auto names = run.services();
    if (run.run.is_stopped || run.run.problem)
        return run.run;
    if (services)
        services(std::move(names));
    if (resumes)
        run.run.notes.push_back(
            fmt::format("taken up at {}, a week before an earlier run ended", to_text(from)));
    run.requests(from, to, begin);
    return run.run;
}

Result<void> fetch_open311_repeatedly(FeedFetch& fetch, Open311Wish wish, std::chrono::seconds every,
                                      std::function<void(std::map<std::string, std::string>)> const& services,
                                      std::function<void(Poll const&)> const& tell,
                                      std::function<void(Open311Run const&)> const& ended)
{
    auto const& clock = fetch.feed().clock;
    while (true) {
        auto const began = clock.now();
        auto const done = fetch_open311(fetch, wish, services, tell);
        ended(done);
        if (done.is_stopped)
            return {};
        if (done.problem && !may_heal(done.problem->code))
            return Failure{*done.problem};
        if (!done.problem)
            wish.from = wish.to = std::nullopt;
        if (!clock.wait(std::max(began + every, fetch.next())))
            return {};
    }
}

Open311Progress progress_of(Open311Wish const& wish, std::string_view memory)
{
    auto const name = name_of_wish(wish) + " ";
    while (!memory.empty())
        if (auto const line = take_line(memory); line.starts_with(name))
            return parse_progress(line.substr(name.size()));
    return {};
}

std::string with_progress(std::string_view memory, Open311Wish const& wish, Open311Progress const& progress)
{
    auto const name = name_of_wish(wish) + " ";
    auto text = name + progress_text(progress);
    for (std::size_t kept = 1; !memory.empty() && kept < kMostWishes;)
        if (auto const line = take_line(memory); !line.empty() && !line.starts_with(name)) {
            text += '\n';
            text += line;
            ++kept;
        }
    return text;
}

std::string progress_text(Open311Progress const& progress)
{
    std::string text;
    if (progress.done)
        text = fmt::format("{}{}", kDone, to_text(*progress.done));
    if (progress.from && progress.through)
        text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", to_text(*progress.from), kThrough,
                            to_text(*progress.through));
    return text;
}

Open311Progress parse_progress(std::string_view text)
{
    Open311Progress progress;
    if (text.starts_with(kDone)) {
        auto const end = std::min(text.find(", "), text.size());
        progress.done = parse_instant(text.substr(kDone.size(), end - kDone.size()));
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    if (auto const at = text.find(kThrough); at != std::string_view::npos) {
        progress.from = parse_instant(text.substr(0, at));
        progress.through = parse_instant(text.substr(at + kThrough.size()));
        if (!progress.from || !progress.through)
            progress.from = progress.through = std::nullopt;
    }
    return progress;
}

}  // namespace riskbild::importers
