#include "server/endpoints/link_json.hpp"

#include <string_view>

#include "geo_core/linkage/explanation.hpp"
#include "server/endpoints/incident_json.hpp"

namespace riskbild::server {
namespace {

std::string_view name_of(linkage::KindAgreement agreement)
{
    switch (agreement) {
        case linkage::KindAgreement::same:
            return "same";
        case linkage::KindAgreement::same_group:
            return "same_group";
        case linkage::KindAgreement::may_be:
            return "may_be";
        case linkage::KindAgreement::unknown:
            return "unknown";
        case linkage::KindAgreement::other:
            break;
    }
    return "other";
}

std::string_view name_of(linkage::Outcome outcome)
{
    switch (outcome) {
        case linkage::Outcome::same:
            return "same";
        case linkage::Outcome::possible:
            return "possible";
        case linkage::Outcome::different:
            break;
    }
    return "different";
}

void write_places(JsonText& json, linkage::PlaceAgreement const& places, AreaSet const& areas)
{
    if (places.apart) {
        json.field("metres_apart", places.apart->value());
        json.field("uncertainty_metres", places.uncertainty.value());
    } else if (places.common_area != kNoArea) {
        json.field("common_area", areas[places.common_area].code);
    }
}

void write_score(JsonText& json, LinkComparison const& comparison, County const& county)
{
    auto const& score = *comparison.score;
    json.field("bits", score.bits());
    json.field("outcome", name_of(linkage::outcome_of(score.bits())));
    json.object("of", [&] {
        json.field("prior", score.prior);
        json.field("time", score.time);
        json.field("place", score.place);
        json.field("kind", score.kind);
        json.field("source", score.source);
        json.field("words", score.words);
    });
    json.field("gap_seconds", score.gap.count());
    json.field("withheld", score.withheld);
    if (!score.withheld)
        write_places(json, score.places, county.areas);
    json.field("kinds", name_of(score.kinds));
    json.field("one_source", score.one_source);
    json.field("other_case_numbers", score.other_case_numbers);
    json.field("same_wording", score.agreement.same_wording);
    json.field("other_numbers", score.agreement.other_numbers);
    json.array("shared_words", [&] {
        for (auto const& word : comparison.shared_words)
            json.value(word);
    });
    json.array("explanation", [&] {
        for (auto const& sentence : linkage::explanation(score, comparison.shared_words, county.areas))
            json.value(sentence);
    });
}

void write_verdict(JsonText& json, LinkVerdict const& verdict)
{
    json.field("a", riskbild::name_of(verdict.a));
    json.field("b", riskbild::name_of(verdict.b));
    json.field("together", verdict.together);
    json.field("by", verdict.by);
    json.field("reason", verdict.reason);
    json.field("at", to_text(verdict.at));
}

}  // namespace

void write_comparison(JsonText& json, LinkComparison const& comparison, County const& county)
{
    json.object([&] {
        json.object("a", [&] { write_voice(json, comparison.a); });
        json.object("b", [&] { write_voice(json, comparison.b); });
        json.field("incident_a", comparison.incident_a);
        json.field("incident_b", comparison.incident_b);
        if (comparison.score)
            json.object("score", [&] { write_score(json, comparison, county); });
        if (comparison.verdict)
            json.object("verdict", [&] { write_verdict(json, *comparison.verdict); });
    });
}

void write_comparisons(JsonText& json, std::uint64_t n, std::span<LinkComparison const> comparisons,
                       County const& county)
{
    json.object([&] {
        json.field("n", n);
        json.array("pairs", [&] {
            for (auto const& comparison : comparisons)
                write_comparison(json, comparison, county);
        });
    });
}

void write_verdicts(JsonText& json, std::span<LinkVerdict const> verdicts)
{
    json.object([&] {
        json.array("verdicts", [&] {
            for (auto const& verdict : verdicts)
                json.object([&] { write_verdict(json, verdict); });
        });
    });
}

}  // namespace riskbild::server
