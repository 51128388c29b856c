#include "geo_core/linkage/pair_score.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace riskbild::linkage {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// Before anything is compared: of some 500 reports that are near in time, one tells of the same event.
constexpr double kPriorBits = -9.0;

/// Reports are near when their times lie within a day of each other: 48 hours, against which agreement in
/// time is weighed.
constexpr seconds kWindow = 2 * kWidestGap;

/// In hundredths of a bit, so that a difference in the last digit between machines decides nothing.
double log2_ratio(double m, double u)
{
    return std::round(100.0 * std::log2(m / u)) / 100.0;
}

/// m: how often two tellers of one event differ by no more than this. The rest differs by more than the last.
struct TimeStep {
    seconds gap;   ///< up to
    double share;  ///< of pairs that are one event, from the step before up to this
};
constexpr auto kTimeSteps = std::to_array<TimeStep>({
    {minutes{10}, 0.20},
    {minutes{30}, 0.10},
    {minutes{60}, 0.04},
    {minutes{180}, 0.03},
    {minutes{720}, 0.02},
    {minutes{1440}, 0.01},
});
constexpr double kTimesOverlap = 0.60;

/// A time on the quarter of an hour is rounded as a rule, so that two agree by chance more often.
double chance_of_rounding(TimeInterval const& a, TimeInterval const& b)
{
    auto const is_round = [](Instant t) { return t.time_since_epoch() % minutes{15} == seconds{0}; };
    return is_round(a.from) && is_round(b.from) ? 5.0 : 1.0;
}

std::array<double, kTimeSteps.size() + 1> bits_of_time_steps()
{
    std::array<double, kTimeSteps.size() + 1> bits{};
    auto begin = seconds{0};
    for (std::size_t i = 0; i < kTimeSteps.size(); ++i) {
        auto const& step = kTimeSteps[i];
        bits[i] = log2_ratio(step.share, 2.0 * static_cast<double>((step.gap - begin).count()) /
                                             static_cast<double>(kWindow.count()));
        begin = step.gap;
    }
    bits.back() = log2_ratio(0.001, 1.0);
    return bits;
}

double time_bits(TimeInterval const& a, TimeInterval const& b, seconds gap)
{
    auto const window = static_cast<double>(kWindow.count());
    if (gap <= seconds{0}) {
        auto const overlap_by_chance = static_cast<double>((a.length() + b.length()).count()) / window;
        return log2_ratio(kTimesOverlap,
                          std::min(kTimesOverlap * 2.0, overlap_by_chance * chance_of_rounding(a, b)));
    }
    static auto const bits_of_gaps = bits_of_time_steps();
    auto const step = std::ranges::lower_bound(kTimeSteps, gap, {}, &TimeStep::gap);
    return bits_of_gaps[static_cast<std::size_t>(step - kTimeSteps.begin())];
}

/// u: how often two events of a county, near in time, lie within this distance of each other. Crime crowds in
/// the towns: at 4 km it is certain for this purpose, below it falls with the power 1.5 of the distance.
double within_by_chance(Metres apart)
{
    constexpr Metres kTown = 4_km;
    return std::min(1.0, std::pow(apart / kTown, 1.5));
}

/// … but places are visited again and again, so that the chance never falls below this.
constexpr double kSamePlaceByChance = 0.005;

/// m: how often two tellers of one event place it no further apart than so many times their uncertainty.
struct PlaceStep {
    double times;
    double share;
};
constexpr auto kPlaceSteps = std::to_array<PlaceStep>({{1.0, 0.90}, {2.0, 0.06}, {kFarthest, 0.02}});

constexpr double kInThatArea = 0.97;

double kind_bits(KindAgreement agreement)
{
    switch (agreement) {
        case KindAgreement::same:
            return 4.0;
        case KindAgreement::same_group:
            return 1.0;
        case KindAgreement::may_be:
            return -1.5;
        default:
            return 0.0;
    }
}

/// Also a source that repeats itself tells of an event once as a rule.
constexpr double kOneSourceBits = -4.0;
constexpr double kOtherCaseNumbersBits = -8.0;

constexpr double kSharedWordBits = 5.0;
constexpr double kSameWordingBits = 2.5;
constexpr double kUnsharedWordBits = -1.2;
constexpr double kMostUnsharedBits = -5.0;
constexpr double kOtherNumbersBits = -2.0;

double word_bits(WordAgreement const& words)
{
    auto const agreeing =
        static_cast<double>(words.shared) * kSharedWordBits + (words.same_wording ? kSameWordingBits : 0.0);
    auto const differing =
        std::max(static_cast<double>(words.unshared) * kUnsharedWordBits, kMostUnsharedBits) +
        (words.other_numbers ? kOtherNumbersBits : 0.0);
    return std::min(agreeing, kMostWordBits) + differing;
}

seconds gap_between(TimeInterval const& a, TimeInterval const& b)
{
    return std::max({a.from - b.to, b.from - a.to, seconds{0}});
}

bool too_far_apart(PlaceAgreement const& places, seconds gap)
{
    if (places.apart)
        return *places.apart > places.uncertainty * kFarthest;
    return places.area_differs || gap > kWidestGapOfAreas;
}

}  // namespace

Metres uncertainty_of(Precision precision)
{
    switch (precision) {
        case Precision::exact:
            return 30_m;
        case Precision::address:
            return 50_m;
        default:
            return 250_m;  // street
    }
}

void withhold(PairScore& score)
{
    score.words += std::exchange(score.place, 0.0);
    score.places = {};
    score.agreement = {};
    score.withheld = true;
}

PairScorer::PairScorer(County const& county) : kind_count_(county.kinds.kinds().size())
{
    for (auto const& source : county.sources)
        repeats_.push_back(source.repeats);
    auto inhabitants = 0.0;
    for (auto const& area : county.areas.areas())
        inhabitants += static_cast<double>(area.population);
    for (auto const& area : county.areas.areas()) {
        auto const share =
            inhabitants > 0 && area.population > 0 ? static_cast<double>(area.population) / inhabitants : 1.0;
        area_bits_.push_back(std::max(0.0, log2_ratio(kInThatArea, share)));
    }
    for (std::size_t a = 0; a < kPointPrecisions; ++a)
        for (std::size_t b = 0; b < kPointPrecisions; ++b) {
            auto const uncertainty = uncertainty_of(kAllPrecisions[a]) + uncertainty_of(kAllPrecisions[b]);
            auto inner = 0.0;
            for (std::size_t i = 0; i < kPointSteps; ++i) {
                auto const up_to = uncertainty * kPlaceSteps[i].times;
                auto const outer = within_by_chance(up_to);
                point_steps_[a * kPointPrecisions + b][i] = {
                    up_to, log2_ratio(kPlaceSteps[i].share, std::max(outer - inner, kSamePlaceByChance))};
                inner = outer;
            }
        }
    for (std::size_t a = 0; a < kind_count_; ++a)
        for (std::size_t b = 0; b < kind_count_; ++b)
            kind_agreements_.push_back(agreement(county.kinds, KindId{static_cast<std::uint16_t>(a)},
                                                 KindId{static_cast<std::uint16_t>(b)}));
}

KindAgreement PairScorer::compare(KindId a, KindId b) const
{
    return kind_agreements_[a.value() * kind_count_ + b.value()];
}

PlaceAgreement PairScorer::compare(Place const& a, Place const& b) const
{
    PlaceAgreement places;
    auto const first = point_of(a);
    auto const second = point_of(b);
    if (first && second) {
        places.apart = Metres{std::hypot(first->east - second->east, first->north - second->north)};
        places.uncertainty = uncertainty_of(precision_of(a)) + uncertainty_of(precision_of(b));
        return places;
    }
    auto const area = area_of(a);
    auto const other = area_of(b);
    places.area_differs = area != kNoArea && other != kNoArea && area != other;
    if (area == other)
        places.common_area = area;
    return places;
}

double PairScorer::point_bits(Place const& a, Place const& b, Metres apart) const
{
    auto const row = static_cast<std::size_t>(precision_of(a)) * kPointPrecisions +
                     static_cast<std::size_t>(precision_of(b));
    auto const& steps = point_steps_[row];
    auto const step = std::ranges::find_if(steps, [&](PointStep const& s) { return apart <= s.up_to; });
    return step == steps.end() ? steps.back().bits : step->bits;
}

std::optional<PairScore> PairScorer::numbers(LinkSubject const& a, LinkSubject const& b) const
{
    PairScore score;
    score.one_source = a.source == b.source;
    if (score.one_source && !repeats_[a.source.value()])
        return std::nullopt;
    score.gap = gap_between(a.occurred, b.occurred);
    if (score.gap > kWidestGap || a.occurred.length() > kLongestInterval ||
        b.occurred.length() > kLongestInterval)
        return std::nullopt;
    score.kinds = compare(a.kind, b.kind);
    if (score.kinds == KindAgreement::other)
        return std::nullopt;
    score.places = compare(a.place, b.place);
    if (too_far_apart(score.places, score.gap))
        return std::nullopt;
    score.prior = kPriorBits;
    score.time = time_bits(a.occurred, b.occurred, score.gap);
    if (score.places.apart)
        score.place = point_bits(a.place, b.place, *score.places.apart);
    else if (score.places.common_area != kNoArea)
        score.place = area_bits_[score.places.common_area.value()];
    score.kind = kind_bits(score.kinds);
    score.source = score.one_source ? kOneSourceBits : 0.0;
    return score;
}

void PairScorer::add_words(PairScore& score, WordAgreement const& agreement, bool other_case_numbers)
{
    score.other_case_numbers = other_case_numbers;
    score.source += other_case_numbers ? kOtherCaseNumbersBits : 0.0;
    score.agreement = agreement;
    score.words = word_bits(agreement);
}

std::optional<PairScore> PairScorer::score(LinkReport const& a, LinkReport const& b) const
{
    auto score = numbers(a.subject, b.subject);
    if (!score)
        return score;
    WordPrints prints;
    auto const words_of_a = prints.add(a.title, a.text, a.place_text);
    auto const words_of_b = prints.add(b.title, b.text, b.place_text);
    add_words(*score, prints.agreement(words_of_a, words_of_b, with_places(*score)),
              !a.case_number.empty() && !b.case_number.empty() && a.case_number != b.case_number);
    return score;
}

}  // namespace riskbild::linkage
