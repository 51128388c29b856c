#include "geo_core/kinds.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/toml_text.hpp"

namespace riskbild {
namespace {

bool is_code(std::string_view code)
{
    auto const allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    return !code.empty() && std::ranges::all_of(code, allowed) && code.front() != '.' && code.back() != '.' &&
           code.find("..") == std::string_view::npos;
}

std::string_view parent_of(std::string_view code)
{
    auto const dot = code.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : code.substr(0, dot);
}

// `unknown` first, then by code; the dot sorts before letters, digits and underscore, so that a kind
// and all below it stand together.
bool stands_before(Kind const& a, Kind const& b)
{
    if ((a.code == "unknown") != (b.code == "unknown"))
        return a.code == "unknown";
    return a.code < b.code;
}

Failure bad_kind(std::string_view file, toml::node const& node, std::string const& what)
{
    return fail(ErrorCode::unreadable, fmt::format("{} line {}: {}", file, node.source().begin.line, what),
                "kind");
}

}  // namespace

bool is_within(std::string_view code, std::string_view ancestor)
{
    return code.starts_with(ancestor) && (code.size() == ancestor.size() || code[ancestor.size()] == '.');
}

Result<KindTree> KindTree::from_toml(std::string_view text, std::string_view file_name)
{
    auto const parsed = parse_toml(text, file_name);
    if (!parsed)
        return Failure{parsed.error()};
    auto const& document = *parsed;
    auto const* const list = document["kind"].as_array();
    if (list == nullptr)
        return fail(ErrorCode::unreadable, fmt::format("{}: no list \"kind\" in it", file_name), "kind");

    KindTree tree;
    for (auto const& node : *list) {
        auto const* const row = node.as_table();
        if (row == nullptr)
            return bad_kind(file_name, node, "a kind must be a table with code, sv and en");
        Kind kind;
        kind.code = (*row)["code"].value_or(std::string{});
        kind.sv = (*row)["sv"].value_or(std::string{});
        kind.en = (*row)["en"].value_or(std::string{});
        kind.is_protected = (*row)["protected"].value_or(false);
        kind.is_crime = (*row)["crime"].value_or(true);
        if (!is_code(kind.code))
            return bad_kind(
                file_name, node,
                fmt::format("code \"{}\" must be of a–z, 0–9 and _, parts joined by dots", kind.code));
        if (kind.sv.empty() || kind.en.empty())
            return bad_kind(file_name, node, fmt::format("kind {} lacks its name in sv or en", kind.code));
        tree.kinds_.push_back(std::move(kind));
    }
    std::ranges::sort(tree.kinds_, stands_before);
    if (tree.kinds_.empty() || tree.kinds_.front().code != "unknown")
        return fail(ErrorCode::unreadable, fmt::format("{}: the kind \"unknown\" is missing", file_name),
                    "kind");
    if (tree.kinds_.size() > 0xffff)
        return fail(ErrorCode::unreadable, fmt::format("{}: more than 65 535 kinds", file_name), "kind");
    for (std::size_t i = 0; i < tree.kinds_.size(); ++i) {
        auto& kind = tree.kinds_[i];
        if (i > 0 && tree.kinds_[i - 1].code == kind.code)
            return fail(ErrorCode::unreadable,
                        fmt::format("{}: kind {} is there twice", file_name, kind.code), "kind");
        kind.group = KindId{static_cast<std::uint16_t>(i)};
        if (auto const parent = parent_of(kind.code); !parent.empty()) {
            auto const id = tree.by_code(parent);
            if (!id)
                return fail(ErrorCode::unreadable,
                            fmt::format("{}: kind {} has no parent {}", file_name, kind.code, parent),
                            "kind");
            kind.group = tree[*id].group;
            kind.is_protected = kind.is_protected || tree[*id].is_protected;
        }
    }
    return tree;
}

std::optional<KindId> KindTree::by_code(std::string_view code) const
{
    if (kinds_.empty())
        return std::nullopt;
    if (code == "unknown")
        return kUnknownKind;
    auto const found = std::lower_bound(kinds_.begin() + 1, kinds_.end(), code,
                                        [](Kind const& kind, std::string_view c) { return kind.code < c; });
    if (found == kinds_.end() || found->code != code)
        return std::nullopt;
    return KindId{static_cast<std::uint16_t>(found - kinds_.begin())};
}

bool KindTree::within(KindId kind, KindId ancestor) const
{
    return is_within(kinds_[kind.value()].code, kinds_[ancestor.value()].code);
}

std::vector<KindId> KindTree::groups() const
{
    std::vector<KindId> groups;
    for (std::size_t i = 0; i < kinds_.size(); ++i)
        if (auto const id = KindId{static_cast<std::uint16_t>(i)}; kinds_[i].group == id)
            groups.push_back(id);
    return groups;
}

}  // namespace riskbild
