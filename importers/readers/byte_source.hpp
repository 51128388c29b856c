#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "geo_core/result.hpp"
#include "importers/readers/unpacker.hpp"

namespace riskbild::importers {

/// How much a source may hold, so that a file made to harm cannot fill memory or disk.
struct ReadLimits {
    std::uint64_t bytes = std::uint64_t{16} << 30;           ///< after decompression
    std::uint64_t expansion = 200;                           ///< decompressed : compressed …
    std::uint64_t always_allowed = std::uint64_t{64} << 20;  ///< … once this many bytes have come out
};

/// The bytes of one file, in order, unpacked when they begin as gzip, bzip2, xz or zstd do, or as a ZIP
/// archive of one file. Other archives are handed out as they are; one member of them is
/// `archive.zip/member.csv`. What a pipe or standard input sends is first put in a nameless temporary file,
/// so that every source can be read twice. Not to be shared between threads.
class ByteSource {
public:
    /// \param path a file, `-` for standard input, or a file in a ZIP archive: `archive.zip/member.csv`
    /// \return ErrorCode::not_found, ErrorCode::unreadable (a folder, no permission, a damaged archive,
    /// something packed twice) naming the path.
    static Result<ByteSource> open(std::string const& path, ReadLimits limits = {});
    /// Bytes that are already here.
    static ByteSource from_memory(std::string name, std::string bytes, ReadLimits limits = {});

    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) noexcept;
    ~ByteSource();

    /// Reads at most `into.size()` bytes; 0 = the end.
    /// \return ErrorCode::unreadable for a disk error or damaged packed data, ErrorCode::too_large over a
    /// limit.
    Result<std::size_t> read(std::span<char> into);
    /// Starts again at the first byte.
    Result<void> rewind();

    /// The file's name without folders, with the member's where one was named, or `standard input`.
    [[nodiscard]] std::string const& name() const;
    /// How the bytes were packed that `read` hands out unpacked.
    [[nodiscard]] Packing packing() const;
    /// The file on disk that holds just these bytes; empty where they are unpacked, in memory or came by a
    /// pipe.
    [[nodiscard]] std::string path() const;
    /// Whether the file as stored is a ZIP archive: also one of a single file, which `read` unpacks.
    [[nodiscard]] Result<bool> is_zip();
    /// The files in the ZIP archive that this is.
    [[nodiscard]] Result<std::vector<ArchiveMember>> members();
    /// One of them.
    [[nodiscard]] Result<ByteSource> member(std::string_view name) const;
    /// Unpacks every member once and throws the bytes away: for archives that somebody else will open.
    /// \return what is damaged, or larger than this source's limits and `most_bytes`
    Result<void> check_members(std::uint64_t most_bytes);
    [[nodiscard]] ReadLimits const& limits() const;
    /// For progress: how far reading has come in the file as stored, and how large that is.
    [[nodiscard]] std::uint64_t stored_position() const;
    [[nodiscard]] std::uint64_t stored_size() const;

private:
    struct State;
    explicit ByteSource(std::unique_ptr<State> state);
    static ByteSource over(std::shared_ptr<std::string const> bytes, std::string name, std::string member,
                           ReadLimits limits);
    std::unique_ptr<State> state_;
};

}  // namespace riskbild::importers
