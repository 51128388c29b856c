#pragma once

#include <filesystem>
#include <string>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// A folder of our own that is gone when this is.
class ScratchFolder {
public:
    /// \return ErrorCode::unwritable
    static Result<ScratchFolder> make();
    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
    ScratchFolder& operator=(ScratchFolder&& other) noexcept;
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;
    ~ScratchFolder();

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace riskbild::importers
