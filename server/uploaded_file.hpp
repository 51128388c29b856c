#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "geo_core/result.hpp"

namespace riskbild::server {

/// The body of a request in a file of its own, which nobody else may read and which is gone with this.
class UploadedFile {
public:
    /// A new, empty file. \return ErrorCode::unwritable, ErrorCode::full
    static Result<std::unique_ptr<UploadedFile>> create_in(std::filesystem::path const& folder);
    ~UploadedFile();
    UploadedFile(UploadedFile const&) = delete;
    UploadedFile& operator=(UploadedFile const&) = delete;

    /// \return ErrorCode::full, ErrorCode::unwritable
    Result<void> append(std::string_view bytes);

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Takes over an open file. \see create_in
    UploadedFile(std::filesystem::path path, int descriptor);

private:
    std::filesystem::path path_;
    int descriptor_;
    std::uint64_t size_ = 0;
};

}  // namespace riskbild::server
