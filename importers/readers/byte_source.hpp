#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// How much a source may hold, so that a file made to harm cannot fill memory or disk.
struct ReadLimits {
    std::uint64_t bytes = std::uint64_t{16} << 30;           ///< after decompression
    std::uint64_t expansion = 200;                           ///< decompressed : compressed …
    std::uint64_t always_allowed = std::uint64_t{64} << 20;  ///< … once this many bytes have come out
};

/// The bytes of one file, in order, decompressed when they begin as gzip does. What a pipe or standard
/// input sends is first put in a nameless temporary file, so that every source can be read twice.
/// Not to be shared between threads.
class ByteSource {
public:
    /// \param path a file, or `-` for standard input
    /// \return ErrorCode::not_found, ErrorCode::unreadable (a folder, no permission) naming the path.
    static Result<ByteSource> open(std::string const& path, ReadLimits limits = {});
    /// Bytes that are already here, for tests.
    static ByteSource from_memory(std::string name, std::string bytes, ReadLimits limits = {});

    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) noexcept;
    ~ByteSource();

    /// Reads at most `into.size()` bytes; 0 = the end.
    /// \return ErrorCode::unreadable for a disk error or damaged gzip, ErrorCode::too_large over a limit.
    Result<std::size_t> read(std::span<char> into);
    /// Starts again at the first byte.
    Result<void> rewind();

    /// The file's name without folders, or `standard input`.
    [[nodiscard]] std::string const& name() const;
    [[nodiscard]] bool is_gzip() const;
    /// For progress: how far reading has come in the file as stored, and how large that is.
    [[nodiscard]] std::uint64_t stored_position() const;
    [[nodiscard]] std::uint64_t stored_size() const;

private:
    struct State;
    explicit ByteSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace riskbild::importers
