#include "geo_core/linkage/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace riskbild::linkage {

namespace {

std::string time_words(PairScore const& score)
{
    auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(score.gap).count();
    if (minutes == 0)
        return "their times overlap";
    return minutes < 120 ? fmt::format("{} minutes lie between them", minutes)
                         : fmt::format("{} hours lie between them", minutes / 60);
}

std::string place_words(PairScore const& score, AreaSet const& areas)
{
    auto const& places = score.places;
    if (places.apart)
        return fmt::format("{:.0f} m apart, places known to about {:.0f} m", places.apart->value(),
                           places.uncertainty.value());
    if (places.common_area != kNoArea)
        return fmt::format("both in {}, one known no better", areas[places.common_area].name);
    return "one is known only to the county";
}

std::string kind_words(KindAgreement agreement)
{
    switch (agreement) {
        case KindAgreement::same:
            return "the same kind, or a finer word for it";
        case KindAgreement::same_group:
            return "two kinds of one group";
        case KindAgreement::may_be:
            return "kinds that sources take for each other";
        case KindAgreement::unknown:
            return "one does not say what kind";
        case KindAgreement::other:
            break;
    }
    return "two kinds";
}

std::string word_words(WordAgreement const& words, std::span<std::string const> shared)
{
    std::string said =
        shared.empty() ? "no telling words shared" : fmt::format("both say {}", fmt::join(shared, ", "));
    if (words.same_wording)
        said += "; the same wording";
    if (words.other_numbers)
        said += "; other numbers";
    return said;
}

}  // namespace

std::vector<std::string> explanation(PairScore const& score, std::span<std::string const> shared,
                                     AreaSet const& areas)
{
    std::vector<std::string> sentences;
    auto const say = [&](double bits, std::string const& words) {
        sentences.push_back(fmt::format("{:+6.2f} {}", bits, words));
    };
    say(score.time, time_words(score));
    if (!score.withheld)
        say(score.place, place_words(score, areas));
    say(score.kind, kind_words(score.kinds));
    say(score.words, score.withheld ? "places and words, not shown: one is of a protected kind"
                                    : word_words(score.agreement, shared));
    if (score.one_source || score.other_case_numbers)
        say(score.source,
            fmt::format("{}{}{}", score.one_source ? "of one source, which tells once as a rule" : "",
                        score.one_source && score.other_case_numbers ? "; " : "",
                        score.other_case_numbers ? "they quote two case numbers" : ""));
    say(score.prior, "two reports near in time are seldom of one event");
    return sentences;
}

}  // namespace riskbild::linkage
