#include "importers/fetch/feed_fetch.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "importers/import.hpp"
#include "importers/import_tally.hpp"

namespace riskbild::importers {
namespace {

constexpr int kGood = 200;

std::string_view meaning_of(int status)
{
    switch (status) {
        case 401:
        case 403:
            return " (not allowed)";
        case 404:
            return " (there is nothing at this address)";
        case 429:
            return " (asked too often)";
        default:
            return status >= 500 ? " (the server is at fault)" : "";
    }
}

bool is_of_content(ErrorCode code)
{
    return code == ErrorCode::unreadable || code == ErrorCode::too_large;
}

}  // namespace

bool may_heal(ErrorCode code)
{
    return code != ErrorCode::wrong_use && code != ErrorCode::newer_version && code != ErrorCode::damaged &&
           code != ErrorCode::internal;
}

std::string line_of(Poll const& poll, std::string const& feed)
{
    auto line = fmt::format("{} {}:", to_text(poll.at), feed);
    if (poll.answers > 0)
        line += fmt::format(" {} {}; {}", poll.answers, poll.answers == 1 ? "answer" : "answers",
                            summary(poll.report));
    if (poll.problem)
        line += fmt::format("{} {}", poll.answers > 0 ? ";" : "", poll.problem->message);
    if (poll.not_before)
        line += fmt::format("; asked again {} at the earliest", to_text(*poll.not_before));
    if (poll.is_stopped)
        line += " stopped";
    std::ranges::replace(line, '\n', ' ');
    return line;
}

FeedFetch::FeedFetch(Feed feed, AnswerFolder folder, AnswerFolder::Memory memory)
    : feed_(std::move(feed)),
      folder_(std::move(folder)),
      schedule_(feed_.rules, std::move(memory.schedule)),
      progress_(std::move(memory.progress))
{
}

Result<FeedFetch> FeedFetch::open(Feed feed, std::filesystem::path const& answers)
{
    auto folder = AnswerFolder::open(answers);
    if (!folder)
        return Failure{folder.error()};
    auto memory = folder->remembered(feed.clock.now());
    return FeedFetch{std::move(feed), std::move(*folder), std::move(memory)};
}

Result<void> FeedFetch::remember() const
{
    return folder_.remember({.schedule = schedule_.state(), .progress = progress_});
}

Result<void> FeedFetch::remember_progress(std::string progress)
{
    progress_ = std::move(progress);
    return remember();
}

void FeedFetch::note_failure(Poll& poll, Error error, std::optional<std::chrono::seconds> retry_after)
{
    schedule_.failed(feed_.clock.now(), retry_after);
    poll.not_before = schedule_.state().not_before;
    if (!poll.problem)
        poll.problem = std::move(error);
    // What cannot be remembered holds until the program ends; the first problem is the one to tell.
    static_cast<void>(remember());
}

void FeedFetch::take_in(Poll& poll)
{
    auto const waiting = folder_.waiting();
    if (!waiting) {
        poll.problem = waiting.error();
        return;
    }
    for (auto const& answer : *waiting) {
        auto report = feed_.import(answer);
        if (!report && !is_of_content(report.error().code)) {
            report.error().message += fmt::format("; the answer waits in {}", answer.string());
            if (!poll.problem)
                poll.problem = report.error();
            return;
        }
        if (!report) {
            auto const kept = folder_.refused(answer);
            report.error().message +=
                fmt::format("; the answer is kept as {}", (kept ? *kept : answer).string());
            if (!poll.problem)
                poll.problem = report.error();
            continue;
        }
        ++poll.answers;
        add(poll.report, std::move(*report));
        if (auto const moved = folder_.taken_in(answer); !moved && !poll.problem)
            poll.problem = moved.error();
    }
}

Poll FeedFetch::take_in_waiting()
{
    Poll poll{.at = feed_.clock.now()};
    take_in(poll);
    return poll;
}

Poll FeedFetch::poll(std::string const& address, std::function<void(std::string const& body)> const& look)
{
    auto poll = take_in_waiting();
    if (poll.problem && !is_of_content(poll.problem->code))
        return poll;  // what cannot be stored need not be asked for
    auto const answer = ask(address, poll);
    if (!answer)
        return poll;
    if (look)
        look(answer->body);
    keep_and_take_in(answer->body, poll);
    return poll;
}

std::optional<WebAnswer> FeedFetch::ask(std::string const& address, Poll& poll)
{
    auto const now = feed_.clock.now();
    if (auto const next = schedule_.next(now); next > now && !feed_.clock.wait(next)) {
        poll.is_stopped = true;
        return std::nullopt;
    }
    poll.at = feed_.clock.now();
    schedule_.called(poll.at);
    // Noted before it is done: a program that dies of the answer must not ask again at once.
    if (auto const noted = remember(); !noted) {
        poll.problem = noted.error();
        return std::nullopt;
    }
    auto answer = feed_.get(address);
    poll.is_stopped = !answer && answer.error().code == ErrorCode::busy;
    if (poll.is_stopped)
        return std::nullopt;
    if (!answer) {
        note_failure(poll, answer.error(), std::nullopt);
        return std::nullopt;
    }
    poll.status = answer->status;
    if (answer->status != kGood) {
        note_failure(poll,
                     {ErrorCode::unreadable, fmt::format("{} answered {}{}", without_query(address),
                                                         answer->status, meaning_of(answer->status))},
                     answer->retry_after);
        return std::nullopt;
    }
    return *std::move(answer);
}

void FeedFetch::keep_and_take_in(std::string const& body, Poll& poll)
{
    auto const ending = body.starts_with('<') ? std::string{".xml"} : feed_.ending;
    if (auto const kept = folder_.keep(feed_.name, feed_.clock.now(), ending, body); !kept)
        return note_failure(poll, kept.error(), std::nullopt);

    auto const before = std::exchange(poll.problem, std::nullopt);
    take_in(poll);
    if (poll.problem && is_of_content(poll.problem->code))
        return note_failure(poll, *poll.problem, std::nullopt);
    schedule_.succeeded();
    if (auto const noted = remember(); !noted && !poll.problem)
        poll.problem = noted.error();
    if (!poll.problem)
        poll.problem = before;
}

Result<void> poll_repeatedly(FeedFetch& fetch, std::string const& address, std::chrono::seconds every,
                             std::function<void(Poll const&)> const& tell)
{
    auto const& clock = fetch.feed().clock;
    while (true) {
        auto const began = clock.now();
        auto const poll = fetch.poll(address);
        tell(poll);
        if (poll.is_stopped)
            return {};
        if (poll.problem && !may_heal(poll.problem->code))
            return Failure{*poll.problem};
        if (!clock.wait(std::max(began + every, fetch.next())))
            return {};
    }
}

}  // namespace riskbild::importers
