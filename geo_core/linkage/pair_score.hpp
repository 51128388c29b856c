#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/linkage/kind_agreement.hpp"
#include "geo_core/linkage/link_report.hpp"
#include "geo_core/linkage/report_words.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/units.hpp"

namespace riskbild::linkage {

/// What becomes of two reports that were compared.
enum class Outcome : std::uint8_t {
    same,      ///< one incident, joined without asking
    possible,  ///< for somebody to look at: the review list
    different,
};

/// How near two places are, as far as they are known.
struct PlaceAgreement {
    std::optional<Metres> apart;   ///< between two points
    Metres uncertainty;            ///< of both points together
    bool area_differs = false;     ///< two kommuner
    AreaId common_area = kNoArea;  ///< the kommun of both, where one is known no better
};

/// Why two reports are, or are not, held for one: each agreement with its weight in bits. A weight is
/// log2(m / u): how often reports of one event agree so, over how often reports of two events do (Fellegi and
/// Sunter 1969). Bits add up; one more doubles the odds. The weights are stated, not learnt, so that a pair
/// weighs the same in every store: docs/methods/linkage.md lists them.
struct PairScore {
    double prior = 0.0;  ///< odds before anything is compared
    double time = 0.0;
    double place = 0.0;
    double kind = 0.0;
    double source = 0.0;
    double words = 0.0;

    std::chrono::seconds gap{0};  ///< between the intervals; 0 where they overlap
    PlaceAgreement places;
    KindAgreement kinds = KindAgreement::unknown;
    bool one_source = false;
    bool other_case_numbers = false;  ///< both quote a number, and not the same
    WordAgreement agreement;
    bool withheld = false;  ///< \see withhold

    [[nodiscard]] double bits() const { return prior + time + place + kind + source + words; }
};

/// From so many bits two reports are one incident, unless a rival is as good (\see partition.hpp) …
inline constexpr double kSameBits = 2.0;
/// … and from so many somebody may look at them.
inline constexpr double kPossibleBits = -2.0;
/// Words can add no more than this: what numbers alone leave further below is no candidate.
inline constexpr double kMostWordBits = 15.0;

/// For whoever may not know where one of the two is or what it says: beside an open report, distance and
/// words would tell it. Both are taken out, and their weights stand together in `words`.
void withhold(PairScore& score);

[[nodiscard]] constexpr Outcome outcome_of(double bits)
{
    return bits >= kSameBits ? Outcome::same : bits >= kPossibleBits ? Outcome::possible : Outcome::different;
}

/// Reports further apart in time than this are two incidents: graffiti on the same wall a day later is a
/// recurrence, never a duplicate.
inline constexpr std::chrono::hours kWidestGap{24};
/// … and than this where one of them is known to an area only.
inline constexpr std::chrono::hours kWidestGapOfAreas{6};
/// A longer interval tells too little of when.
inline constexpr std::chrono::hours kLongestInterval{24 * 14};
/// Points further apart than so many times their uncertainty are two incidents.
inline constexpr double kFarthest = 5.0;
/// How far a point may be from where it happened. \pre is_point(precision)
[[nodiscard]] Metres uncertainty_of(Precision precision);

/// Compares reports of one county.
class PairScorer {
public:
    explicit PairScorer(County const& county);

    /// Without words and case numbers: an upper bound of the whole is `bits() + kMostWordBits`. Nothing where
    /// the two are not one event whatever else they say: of a source that tells once, too far apart in time
    /// or place, two kommuner, kinds that nobody takes for each other, an interval too long.
    [[nodiscard]] std::optional<PairScore> numbers(LinkSubject const& a, LinkSubject const& b) const;
    /// Whether words can lift the pair to the review list.
    [[nodiscard]] static bool worth_comparing(PairScore const& numbers)
    {
        return numbers.bits() + kMostWordBits >= kPossibleBits;
    }
    /// The whole, of what `numbers` found.
    static void add_words(PairScore& score, WordAgreement const& agreement, bool other_case_numbers);
    /// Whether the words for the place take part: where both are points, the places have been compared.
    [[nodiscard]] static bool with_places(PairScore const& numbers) { return !numbers.places.apart; }
    /// Both. Symmetric: the order of the two does not matter.
    [[nodiscard]] std::optional<PairScore> score(LinkReport const& a, LinkReport const& b) const;

private:
    [[nodiscard]] KindAgreement compare(KindId a, KindId b) const;
    [[nodiscard]] PlaceAgreement compare(Place const& a, Place const& b) const;
    [[nodiscard]] double point_bits(Place const& a, Place const& b, Metres apart) const;

    std::vector<bool> repeats_;      // by SourceId
    std::vector<double> area_bits_;  // by AreaId: what it tells that both are in that kommun
    std::size_t kind_count_;
    std::vector<KindAgreement> kind_agreements_;  // of each kind with each
    struct PointStep {
        Metres up_to;
        double bits;
    };
    static constexpr std::size_t kPointPrecisions = 3;
    static constexpr std::size_t kPointSteps = 3;
    std::array<std::array<PointStep, kPointSteps>, kPointPrecisions * kPointPrecisions> point_steps_{};
};

}  // namespace riskbild::linkage
