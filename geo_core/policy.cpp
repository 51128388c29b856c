#include "geo_core/policy.hpp"

#include <fmt/format.h>

namespace riskbild {
namespace {

// The table of docs/architecture.md, "Views". Raise kPolicyVersion whenever a row changes, so that
// no tile made under the old rules answers to the new ones.
constexpr std::uint32_t kPolicyVersion = 1;

constexpr Policy kAnalyst{.role = Role::analyst, .single_incidents = true, .free_filter = true};
constexpr Policy kPublic{.role = Role::public_, .suppress_below = 5, .finest_cell = Metres{1000.0}};

}  // namespace

std::string_view Policy::name() const
{
    return role == Role::analyst ? "analyst" : "public";
}

std::string Policy::digest() const
{
    auto hash = std::uint32_t{2166136261U};  // FNV-1a, 32 bits
    for (auto const byte : fmt::format("{}|{}|{}|{}|{}|{}", kPolicyVersion, name(), single_incidents,
                                       free_filter, suppress_below, finest_cell.value()))
        hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return fmt::format("{:08x}", hash);
}

Policy const& policy_of(Role role)
{
    return role == Role::analyst ? kAnalyst : kPublic;
}

Result<Role> parse_role(std::string_view text)
{
    if (text == "analyst")
        return Role::analyst;
    if (text == "public")
        return Role::public_;
    return fail(ErrorCode::wrong_use, fmt::format("view \"{}\" is not known; use analyst or public", text),
                "as");
}

}  // namespace riskbild
