#include "cli/commands/link.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include <date/date.h>
#include <fmt/format.h>

#include "geo_core/linkage/explanation.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/suggestions.hpp"
#include "geo_core/view.hpp"
#include "server/endpoints/link_json.hpp"

namespace riskbild::cli {
namespace {

using Keys = std::pair<ReportKey, ReportKey>;

Result<Keys> keys_of(std::string const& a, std::string const& b)
{
    auto const first = parse_report_key(a);
    auto const second = parse_report_key(b);
    if (!first || !second)
        return fail(ErrorCode::wrong_use,
                    fmt::format("\"{}\" is not a report, expected source:id such as police:12345; riskbild "
                                "link list shows some",
                                one_line(first ? b : a)),
                    "report");
    return Keys{*first, *second};
}

/// A store with the view of its analysts.
struct Opened {
    std::unique_ptr<Store> store;
    View view;
};

Result<Opened> open_for(std::filesystem::path const& file, Store::Access access)
{
    auto store = open_store(file, access);
    if (!store)
        return Failure{store.error()};
    auto snapshot = (*store)->snapshot();
    if (!snapshot)
        return Failure{snapshot.error()};
    return Opened{*std::move(store), View{*std::move(snapshot), Role::analyst}};
}

std::string words_of(Voice const& voice, County const& county)
{
    auto const kind = county.kinds.by_code(voice.kind_code);
    auto const& zone = county.profile.zone;
    auto text = fmt::format("{}:{}  {}, {}", one_line(voice.key.source), one_line(voice.key.source_id),
                            kind ? county.kinds[*kind].en : voice.kind_code,
                            date::format("%F %R", zone.local(voice.occurred.from)));
    if (!voice.place_text.empty())
        text += ", " + one_line(voice.place_text);
    if (!voice.title.empty())
        text += "\n      " + one_line(voice.title);
    if (!voice.text.empty())
        text += "\n      " + one_line(voice.text);
    return text;
}

std::string_view words_of(linkage::Outcome outcome)
{
    switch (outcome) {
        case linkage::Outcome::same:
            return "one event, unless another report is as good a partner";
        case linkage::Outcome::possible:
            return "may be one event";
        case linkage::Outcome::different:
            break;
    }
    return "two events";
}

std::string standing(LinkComparison const& comparison)
{
    if (comparison.verdict)
        return fmt::format("{} by {} at {}{}{}", comparison.verdict->together ? "joined" : "parted",
                           one_line(comparison.verdict->by), to_text(comparison.verdict->at),
                           comparison.verdict->reason.empty() ? "" : ": ",
                           one_line(comparison.verdict->reason));
    if (comparison.incident_a == comparison.incident_b)
        return fmt::format("one incident, {}", comparison.incident_a);
    return fmt::format("two incidents, {} and {}", comparison.incident_a, comparison.incident_b);
}

std::string text_of(LinkComparison const& comparison, County const& county)
{
    auto text = fmt::format("{}\n{}\n{}\n", words_of(comparison.a, county), words_of(comparison.b, county),
                            standing(comparison));
    if (!comparison.score)
        return text + "by what they say they cannot be one event\n";
    text += fmt::format("{:+6.2f} bits for one event: {}\n", comparison.score->bits(),
                        words_of(linkage::outcome_of(comparison.score->bits())));
    for (auto const& sentence :
         linkage::explanation(*comparison.score, comparison.shared_words, county.areas))
        text += "  " + sentence + "\n";
    return text;
}

Result<void> answer_comparison(Opened const& opened, Keys const& keys, Output& output)
{
    auto const comparison = opened.store->compare(opened.view, keys.first, keys.second);
    if (!comparison)
        return Failure{comparison.error()};
    server::JsonText json;
    server::write_comparison(json, *comparison, opened.view.county());
    return output.answer(text_of(*comparison, opened.view.county()), json);
}

/// `: there is no source "polis"; did you mean police?`, where the store has none that is called so.
std::string unless_known(std::string const& source, County const& county)
{
    std::vector<std::string> names;
    for (auto const& known : county.sources)
        names.push_back(known.name);
    if (source.empty() || names.empty() || std::ranges::find(names, source) != names.end())
        return {};
    return ": " + one_line(there_is_no("source", source, names));
}

}  // namespace

Result<void> ListLinks::operator()(Output& output) const
{
    auto const opened = open_for(store, Store::Access::read_only);
    if (!opened)
        return Failure{opened.error()};
    auto const candidates = opened->store->link_candidates(choice);
    if (!candidates)
        return Failure{candidates.error()};
    auto const& county = opened->view.county();
    std::vector<LinkComparison> comparisons;
    std::string text;
    for (auto const& candidate : candidates->pairs) {
        auto comparison = opened->store->compare(opened->view, candidate.a, candidate.b);
        if (!comparison)
            return Failure{comparison.error()};
        text += fmt::format("{:+6.2f}  {}\n        {}\n", candidate.bits, words_of(comparison->a, county),
                            words_of(comparison->b, county));
        comparisons.push_back(*std::move(comparison));
    }
    if (comparisons.empty())
        text = fmt::format("nothing waits for a decision{}\n", unless_known(choice.source, county));
    else if (comparisons.size() < candidates->n)
        text +=
            fmt::format("the {} likeliest of {}; --limit shows more\n", comparisons.size(), candidates->n);
    server::JsonText json;
    server::write_comparisons(json, candidates->n, comparisons, county);
    return output.answer(text, json);
}

Result<void> ExplainLink::operator()(Output& output) const
{
    auto const keys = keys_of(a, b);
    if (!keys)
        return Failure{keys.error()};
    auto const opened = open_for(store, Store::Access::read_only);
    return opened ? answer_comparison(*opened, *keys, output) : Failure{opened.error()};
}

Result<void> DecideLink::operator()(Output& output) const
{
    auto const keys = keys_of(a, b);
    if (!keys)
        return Failure{keys.error()};
    auto const opened = open_for(store, Store::Access::read_write);
    if (!opened)
        return Failure{opened.error()};
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto const decided = opened->store->decide({keys->first, keys->second, together, by, reason, now});
    return decided ? answer_comparison(*opened, *keys, output) : Failure{decided.error()};
}

Result<void> WithdrawLink::operator()(Output& output) const
{
    auto const keys = keys_of(a, b);
    if (!keys)
        return Failure{keys.error()};
    auto const opened = open_for(store, Store::Access::read_write);
    if (!opened)
        return Failure{opened.error()};
    auto const withdrawn = opened->store->withdraw(keys->first, keys->second);
    return withdrawn ? answer_comparison(*opened, *keys, output) : Failure{withdrawn.error()};
}

Result<void> ListVerdicts::operator()(Output& output) const
{
    auto const opened = open_store(store, Store::Access::read_only);
    if (!opened)
        return Failure{opened.error()};
    auto const verdicts = (*opened)->verdicts();
    if (!verdicts)
        return Failure{verdicts.error()};
    std::string text;
    for (auto const& verdict : *verdicts)
        text +=
            fmt::format("{}  {} {} {}, by {}{}{}\n", to_text(verdict.at), one_line(name_of(verdict.a)),
                        verdict.together ? "is" : "is not", one_line(name_of(verdict.b)),
                        one_line(verdict.by), verdict.reason.empty() ? "" : ": ", one_line(verdict.reason));
    if (verdicts->empty())
        text = "nobody has decided anything yet\n";
    server::JsonText json;
    server::write_verdicts(json, *verdicts);
    return output.answer(text, json);
}

}  // namespace riskbild::cli
