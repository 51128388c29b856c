#pragma once

#include <cstddef>
#include <cstdint>

#include "geo_core/ids.hpp"
#include "geo_core/kinds.hpp"

namespace riskbild::linkage {

/// How far two sources' words for what happened agree, best first.
enum class KindAgreement : std::uint8_t {
    same,        ///< one kind, or one is a finer word for the other
    same_group,  ///< two kinds of one group: theft from a shop and theft of a bicycle
    may_be,      ///< groups that sources often take for each other: a fight and an assault
    unknown,     ///< one source does not say
    other,       ///< a fire and a theft: not one event
};

[[nodiscard]] KindAgreement agreement(KindTree const& kinds, KindId a, KindId b);

/// Groups that sources may take for each other. Reports of two families are never compared; those of an
/// unknown kind are compared with all.
enum class KindFamily : std::uint8_t {
    unknown,
    taking,    ///< theft, robbery, burglary and its alarm, vehicles taken
    breaking,  ///< damage and fire
    persons,   ///< violence, threats, disorder, weapons
    traffic,
    rest,  ///< told by one source as a rule; within it only kinds of one group agree
};
inline constexpr std::size_t kFamilies = 6;
[[nodiscard]] KindFamily family_of(KindTree const& kinds, KindId kind);

}  // namespace riskbild::linkage
