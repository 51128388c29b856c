#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// The bytes of a file as stored, which can be gone through in any order.
class StoredBytes {
public:
    virtual ~StoredBytes() = default;
    /// Reads at most `into.size()` bytes; 0 = the end.
    virtual Result<std::size_t> read_stored(std::span<char> into) = 0;
    virtual Result<void> seek(std::uint64_t position) = 0;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

/// How the bytes of a file are packed; told by their beginning, never by a name.
enum class Packing { none, gzip, bzip2, xz, zstd, zip };
[[nodiscard]] Packing packing_of(std::string_view beginning);
/// `bzip2`, for messages.
[[nodiscard]] std::string_view name_of(Packing packing);

/// One file in an archive.
struct ArchiveMember {
    std::string name;                  ///< as the archive writes it; never used as a path
    std::uint64_t declared_bytes = 0;  ///< what the archive says; never believed
};

/// The files in a ZIP archive in its order, without folders and what operating systems put beside.
/// \return ErrorCode::unreadable for a damaged archive and for one with a name that leads out of it (`../x`,
/// `/x`), which no honest one has; ErrorCode::too_large for more than 10 000 files.
Result<std::vector<ArchiveMember>> members_of(StoredBytes& stored, std::string const& name);

/// Unpacks every member and throws the bytes away.
/// \param allowed told the bytes unpacked so far, and those they were made of; what it answers ends the work
Result<void> unpack_all(
    StoredBytes& stored, std::string const& name,
    std::function<Result<void>(std::uint64_t bytes, std::uint64_t fetched)> const& allowed);

/// Unpacks as a stream, with libarchive: one compressed file, or one member of a ZIP archive.
class Unpacker {
public:
    /// \param stored must outlive the unpacker \param name for messages
    /// \param member of a ZIP archive; empty where the whole file is one packed stream
    static Result<std::unique_ptr<Unpacker>> open(StoredBytes& stored, Packing packing, std::string name,
                                                  std::string_view member = {});
    virtual ~Unpacker() = default;
    /// Reads at most `into.size()` bytes; 0 = the end, where also the check sum was right.
    virtual Result<std::size_t> read(std::span<char> into) = 0;
    /// Bytes of the packed data that were needed so far.
    [[nodiscard]] virtual std::uint64_t fetched() const = 0;
};

}  // namespace riskbild::importers
