#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/readers/byte_source.hpp"
#include "importers/readers/unpacker.hpp"

namespace riskbild::importers {

/// A ZIP archive of several files that belong together, such as GTFS.
///
///     auto const feed = Archive::open("gtfs.zip");
///     auto stops = feed->open_member("stops.txt");   // a ByteSource, under the archive's limits
///
/// Nothing is written to disk. Every byte that comes out counts towards the limits, whatever the archive
/// declares; check sums are verified at the end of each member.
class Archive {
public:
    /// \return ErrorCode::unreadable for what is no ZIP archive, a damaged one, or one with names that lead
    /// out of it.
    static Result<Archive> open(std::string const& path, ReadLimits limits = {});

    /// In the archive's order, without folders.
    [[nodiscard]] std::vector<ArchiveMember> const& members() const { return members_; }
    /// Whether there is a member of that name. \see find_member
    [[nodiscard]] bool has(std::string_view member) const;
    /// \return ErrorCode::not_found listing those there are.
    [[nodiscard]] Result<ByteSource> open_member(std::string_view member) const;
    /// The archive's name without folders.
    [[nodiscard]] std::string const& name() const { return name_; }

private:
    Archive() = default;

    std::string name_;
    std::string path_;
    ReadLimits limits_;
    std::vector<ArchiveMember> members_;
};

/// The one of `members` called so, also below the one folder that holds them all; null where there is none.
[[nodiscard]] ArchiveMember const* find_member(std::vector<ArchiveMember> const& members,
                                               std::string_view name);

/// `a.csv, b.csv and 12 more`
[[nodiscard]] std::string listed(std::vector<ArchiveMember> const& members);

}  // namespace riskbild::importers
