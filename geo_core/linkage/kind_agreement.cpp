#include "geo_core/linkage/kind_agreement.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace riskbild::linkage {

namespace {

struct GroupFamily {
    std::string_view group;  ///< code of the first level
    KindFamily family;
};

constexpr auto kGroupFamilies = std::to_array<GroupFamily>({
    {"alarm", KindFamily::taking},
    {"assault", KindFamily::persons},
    {"burglary", KindFamily::taking},
    {"damage", KindFamily::breaking},
    {"disorder", KindFamily::persons},
    {"fire", KindFamily::breaking},
    {"hate", KindFamily::persons},
    {"liberty", KindFamily::persons},
    {"robbery", KindFamily::taking},
    {"sexual", KindFamily::persons},
    {"theft", KindFamily::taking},
    {"threat", KindFamily::persons},
    {"traffic", KindFamily::traffic},
    {"unknown", KindFamily::unknown},
    {"vehicle", KindFamily::taking},
    {"violence_lethal", KindFamily::persons},
    {"weapons", KindFamily::persons},
});

std::string_view group_code(KindTree const& kinds, KindId kind)
{
    return kinds[kinds[kind].group].code;
}

}  // namespace

KindFamily family_of(KindTree const& kinds, KindId kind)
{
    auto const found = std::ranges::find(kGroupFamilies, group_code(kinds, kind), &GroupFamily::group);
    return found == kGroupFamilies.end() ? KindFamily::rest : found->family;
}

KindAgreement agreement(KindTree const& kinds, KindId a, KindId b)
{
    if (a == kUnknownKind || b == kUnknownKind)
        return KindAgreement::unknown;
    if (kinds.within(a, b) || kinds.within(b, a))
        return KindAgreement::same;
    if (kinds[a].group == kinds[b].group)
        return KindAgreement::same_group;
    auto const family = family_of(kinds, a);
    return family == family_of(kinds, b) && family != KindFamily::rest ? KindAgreement::may_be
                                                                       : KindAgreement::other;
}

}  // namespace riskbild::linkage
