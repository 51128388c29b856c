#include "importers/readers/archive.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

// `gtfs/stops.txt`: the folder that all members lie in, with its slash; else nothing.
std::string_view common_folder(std::vector<ArchiveMember> const& members)
{
    if (members.empty())
        return {};
    std::string_view const first = members.front().name;
    auto const folder = first.substr(0, first.find('/') + 1);
    auto const lies_in_it = [&](ArchiveMember const& member) { return member.name.starts_with(folder); };
    return std::all_of(members.begin(), members.end(), lies_in_it) ? folder : std::string_view{};
}

}  // namespace

ArchiveMember const* find_member(std::vector<ArchiveMember> const& members, std::string_view name)
{
    auto const in_folder = std::string{common_folder(members)}.append(name);
    for (auto const& member : members)
        if (member.name == name || member.name == in_folder)
            return &member;
    return nullptr;
}

std::string listed(std::vector<ArchiveMember> const& members)
{
    constexpr std::size_t kListed = 12;
    std::string names;
    for (std::size_t i = 0; i < std::min(kListed, members.size()); ++i)
        names += (i == 0 ? "" : ", ") + std::string{shortened(members[i].name)};
    return members.size() > kListed ? fmt::format("{} and {} more", names, members.size() - kListed) : names;
}

Result<Archive> Archive::open(std::string const& path, ReadLimits limits)
{
    auto source = ByteSource::open(path, limits);
    if (!source)
        return Failure{source.error()};
    Archive archive;
    archive.name_ = source->name();
    archive.path_ = path;
    archive.limits_ = limits;
    auto const is_zip = source->is_zip();
    if (!is_zip)
        return Failure{is_zip.error()};
    if (!*is_zip)
        return fail(ErrorCode::unreadable, fmt::format("{}: is no ZIP archive", archive.name_));
    auto members = source->members();
    if (!members)
        return Failure{members.error()};
    archive.members_ = std::move(*members);
    return archive;
}

bool Archive::has(std::string_view member) const
{
    return find_member(members_, member) != nullptr;
}

Result<ByteSource> Archive::open_member(std::string_view member) const
{
    auto const* const found = find_member(members_, member);
    if (found == nullptr)
        return fail(ErrorCode::not_found, fmt::format("{}: holds no file {}; it has {}", name_,
                                                      shortened(member), listed(members_)));
    return ByteSource::open(path_ + "/" + found->name, limits_);
}

}  // namespace riskbild::importers
