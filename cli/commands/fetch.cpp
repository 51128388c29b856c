#include "cli/commands/fetch.hpp"

#include <fmt/format.h>

#include "cli/commands/import.hpp"
#include "cli/commands/stop_signals.hpp"
#include "geo_core/text.hpp"
#include "importers/fetch/feed_fetch.hpp"
#include "importers/fetch/feed_key.hpp"
#include "importers/fetch/police_feed.hpp"
#include "importers/gtfs_rt/alerts_importer.hpp"
#include "importers/import_tally.hpp"
#include "importers/open311/open311_fetch.hpp"

namespace riskbild::cli {
namespace {

namespace fs = std::filesystem;
using importers::FeedFetch;
using importers::Poll;

// Whoever asks once does not want to wait long.
constexpr std::chrono::seconds kLongestWaitForOne{60};

Instant now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

fs::path answers_of(FetchOptions const& options, std::string const& feed)
{
    if (!options.answers.empty())
        return options.answers;
    return fs::path{options.store}.replace_extension(".answers") / feed;
}

/// The county that the store is of, or will be.
Result<std::string> county_name(FetchOptions const& options)
{
    std::error_code ignored;
    if (!fs::exists(options.store, ignored)) {
        auto const profile = named_profile(options.profile.empty() ? "uppsala" : options.profile);
        return profile ? Result<std::string>{profile->county_name} : Failure{profile.error()};
    }
    auto const store = open_store(options.store, Store::Access::read_only);
    return store ? Result<std::string>{(*store)->county()->profile.county_name} : Failure{store.error()};
}

/// A server on this computer is not kept waiting, however often it is asked.
importers::FetchRules rules_for(std::string const& address, importers::FetchRules rules)
{
    if (importers::is_of_this_computer(address))
        rules.least_pause = std::chrono::seconds{0};
    return rules;
}

/// What all polls of one run did.
struct Run {
    std::size_t polls = 0, answers = 0, failures = 0;
    ImportReport report;
    std::optional<Error> last_problem;

    void add(Poll const& poll)
    {
        ++polls;
        answers += poll.answers;
        failures += poll.problem ? 1 : 0;
        last_problem = poll.problem;
        if (poll.answers > 0)
            importers::add(report, poll.report);
        // A run may last for years; its numbers stay, and the words of the newest.
        constexpr std::size_t kMostWords = 1000;
        for (auto* const words : {&report.files, &report.notes})
            if (words->size() > kMostWords)
                words->erase(words->begin(), words->end() - kMostWords);
    }
};

server::JsonText json_of(Run const& run, fs::path const& answers)
{
    server::JsonText json;
    json.object([&] {
        json.field("polls", run.polls);
        json.field("answers", run.answers);
        json.field("failures", run.failures);
        json.field("folder", answers.string());
        json.field("problem", run.last_problem ? run.last_problem->message : std::string{});
        json.object("report", [&] { write_report(json, run.report); });
    });
    return json;
}

/// One line a poll, at once: people look at it, and logs are followed.
void tell(Output& output, std::string const& line)
{
    auto const text = one_line(line) + "\n";
    if (output.is_json() || !Output::write(text))
        Output::note(text);
}

Result<void> poll_once(FeedFetch& fetch, std::string const& address, Run& run,
                       std::function<void(Poll const&)> const& heard)
{
    if (auto const next = fetch.next(); next > now() + kLongestWaitForOne) {
        auto const waited = fetch.take_in_waiting();
        if (waited.answers > 0 || waited.problem)
            heard(waited);
        return fail(ErrorCode::busy,
                    fmt::format("{} lets itself be asked again {}; riskbild fetch with --every waits",
                                fetch.feed().name, to_text(next)));
    }
    auto const poll = fetch.poll(address);
    if (poll.problem && poll.answers == 0) {
        auto problem = *poll.problem;
        if (poll.not_before)
            problem.message += fmt::format("; it may be asked again {}", to_text(*poll.not_before));
        return Failure(std::move(problem));
    }
    heard(poll);
    // The line has said what went wrong.
    return run.last_problem ? Result<void>{fail(run.last_problem->code, {})} : Result<void>{};
}

Result<void> run_feed(importers::Feed feed, std::string const& address, FetchOptions const& options,
                      std::optional<std::chrono::seconds> every, Output& output)
{
    auto const folder = answers_of(options, feed.name);
    auto fetch = FeedFetch::open(std::move(feed), folder);
    if (!fetch)
        return Failure(fetch.error());
    Run run;
    auto const heard = [&](Poll const& poll) {
        run.add(poll);
        tell(output, line_of(poll, fetch->feed().name));
    };
    auto const done =
        every ? poll_repeatedly(*fetch, address, *every, heard) : poll_once(*fetch, address, run, heard);
    if (!done && !done.error().message.empty())
        return done;
    if (auto const said = output.answer({}, json_of(run, folder)); !said)
        return said;
    return done;
}

Result<std::optional<std::chrono::seconds>> pause_of(FetchOptions const& options)
{
    if (options.every.empty())
        return std::optional<std::chrono::seconds>{};
    return parse_pause(options.every).map([](auto pause) { return std::optional(pause); });
}

importers::FetchClock clock_of(StopSignals& signals)
{
    return {.now = &now, .wait = [&signals](Instant until) { return signals.wait_until(until); }};
}

Result<importers::GetPage> web_of(FetchOptions const& options, StopSignals const& signals)
{
    auto client = importers::WebClient::make(
        {.contact = options.contact, .give_up = [&signals] { return signals.wanted(); }});
    if (!client)
        return Failure(client.error());
    auto const shared = std::make_shared<importers::WebClient>(std::move(*client));
    return importers::GetPage{[shared](std::string const& address) { return shared->get(address); }};
}

Result<std::optional<Instant>> instant_of(std::string const& option, std::string const& text)
{
    if (text.empty())
        return std::optional<Instant>{};
    if (auto const instant = parse_instant(text))
        return instant;
    if (auto const day = parse_date(text))
        return std::optional(Instant(day->time_since_epoch()));
    return fail(ErrorCode::wrong_use,
                fmt::format("--{} is \"{}\", expected a date such as 2026-01-31 or an instant", option,
                            shortened(text)),
                option);
}

Result<void> check_source_name(std::string const& name)
{
    if (is_source_name(name))
        return {};
    return fail(ErrorCode::wrong_use,
                fmt::format("--source-name is \"{}\", expected only a–z, 0–9, - and _", shortened(name)),
                "source-name");
}

/// A run over a city's requests, and with `every` another whenever it is time.
Result<void> run_open311(FeedFetch& fetch, importers::Open311Wish const& wish,
                         std::optional<std::chrono::seconds> every, std::map<std::string, std::string>& names,
                         Run& run, Output& output)
{
    auto const heard = [&](Poll const& poll) {
        run.add(poll);
        tell(output, line_of(poll, fetch.feed().name));
    };
    auto const learned = [&](auto told) { names = std::move(told); };
    auto const ended = [&](importers::Open311Run const& done) {
        for (auto const& note : done.notes)
            tell(output, "note: " + note);
        tell(output, fmt::format("{} {}: {} pages of {} windows{}", to_text(now()), fetch.feed().name,
                                 done.pages, done.windows, done.is_stopped ? ", stopped" : ""));
    };
    if (every)
        return importers::fetch_open311_repeatedly(fetch, wish, *every, learned, heard, ended);
    auto const done = importers::fetch_open311(fetch, wish, learned, heard);
    ended(done);
    return done.problem && !done.is_stopped ? Result<void>{Failure(*done.problem)} : Result<void>{};
}

}  // namespace

Result<std::chrono::seconds> parse_pause(std::string const& text)
{
    constexpr std::chrono::seconds kLeast{10}, kMost{std::chrono::hours{24 * 7}};
    std::string_view rest = text;
    auto const number = take_number(rest, 1, 6);
    auto const unit = rest == "s" ? 1 : rest == "m" ? 60 : rest == "h" ? 3600 : 0;
    auto const pause = std::chrono::seconds{number.value_or(0)} * unit;
    if (pause >= kLeast && pause <= kMost)
        return pause;
    return fail(
        ErrorCode::wrong_use,
        fmt::format("--every is \"{}\", expected 10s to 168h, such as 90s, 10m or 2h", shortened(text)),
        "every");
}

Result<void> FetchPolice::operator()(Output& output) const
{
    auto const every = pause_of(options);
    if (!every)
        return Failure(every.error());
    auto const county = county_name(options);
    if (!county)
        return Failure(county.error());
    auto const where = location.value_or(options.url.empty() ? *county : std::string{});
    auto const address = importers::police_address(
        options.url.empty() ? importers::kPoliceEvents : options.url, where, period);
    if (!address)
        return Failure(address.error());
    StopSignals signals;
    auto web = web_of(options, signals);
    if (!web)
        return Failure(web.error());
    auto const take_in = [this, &output](fs::path const& answer) {
        return import_into(options.store, options.profile, {.source = "police", .files = {answer.string()}},
                           output);
    };
    return run_feed({.name = "police",
                     .rules = rules_for(*address, importers::police_rules()),
                     .get = std::move(*web),
                     .clock = clock_of(signals),
                     .import = take_in},
                    *address, options, *every, output);
}

Result<void> FetchAlerts::operator()(Output& output) const
{
    auto const every = pause_of(options);
    if (!every)
        return Failure(every.error());
    auto const address = importers::address_with_key(options.url, key_file);
    if (!address)
        return Failure(address.error());
    if (auto const good = importers::check_address(*address); !good)
        return good;
    if (auto const good = check_source_name(source_name); !good)
        return good;
    StopSignals signals;
    auto web = web_of(options, signals);
    if (!web)
        return Failure(web.error());
    auto const take_in = [&](fs::path const& answer) {
        importers::ImportRequest request{.source = "gtfs-rt", .files = {answer.string()}};
        request.places.source_name = source_name;
        return import_into(options.store, options.profile, std::move(request), output);
    };
    return run_feed({.name = source_name,
                     .ending = ".pb",
                     .rules = rules_for(*address, importers::alerts_rules()),
                     .get = std::move(*web),
                     .clock = clock_of(signals),
                     .import = take_in},
                    *address, options, *every, output);
}

Result<void> FetchOpen311::operator()(Output& output) const
{
    auto const every = pause_of(options);
    if (!every)
        return Failure(every.error());
    auto const first = instant_of("from", from), last = instant_of("to", to);
    if (!first || !last)
        return Failure(!first ? first.error() : last.error());
    if (!is_source_name(source_name))
        return fail(
            ErrorCode::wrong_use,
            fmt::format("--source-name is \"{}\", expected only a–z, 0–9, - and _", shortened(source_name)),
            "source-name");
    importers::Open311Wish const wish{.base = options.url,
                                      .jurisdiction = jurisdiction,
                                      .service_code = service,
                                      .from = *first,
                                      .to = *last};
    if (auto const good = importers::check_open311_wish(wish, now()); !good)
        return good;
    StopSignals signals;
    auto web = web_of(options, signals);
    if (!web)
        return Failure(web.error());
    std::map<std::string, std::string> names;
    auto const take_in = [&](fs::path const& answer) {
        importers::ImportRequest request{.source = "open311", .files = {answer.string()}};
        request.swap_positions = swap_positions;
        request.service_names = names;
        request.places.source_name = source_name;
        return import_into(options.store, options.profile, std::move(request), output);
    };
    auto const folder = answers_of(options, source_name);
    auto fetch = FeedFetch::open({.name = source_name,
                                  .rules = rules_for(wish.base, importers::open311_rules()),
                                  .get = std::move(*web),
                                  .clock = clock_of(signals),
                                  .import = take_in},
                                 folder);
    if (!fetch)
        return Failure(fetch.error());
    Run run;
    auto const done = run_open311(*fetch, wish, *every, names, run, output);
    if (!done)
        return done;
    return output.answer({}, json_of(run, folder));
}

}  // namespace riskbild::cli
