#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"

namespace riskbild::cli {

/// A file that is either there whole or not at all: written under a temporary name beside its own,
/// and renamed when everything is on the disk. Dropped without `finish()`, nothing of it stays.
class NewFile {
public:
    enum class Existing { keep, replace };

    /// \return ErrorCode::wrong_use when the file exists and is to be kept, and always for a folder, device,
    /// pipe or symbolic link; ErrorCode::not_found without its folder, ErrorCode::unwritable without
    /// permission
    static Result<NewFile> at(std::filesystem::path const& file, Existing existing);
    NewFile(NewFile&& other) noexcept;
    NewFile(NewFile const&) = delete;
    NewFile& operator=(NewFile const&) = delete;
    ~NewFile();

    /// Write here. Has the ending of the file itself, by which GDAL and people know it.
    [[nodiscard]] std::filesystem::path const& temporary() const { return temporary_; }
    /// Makes it durable and gives it its name. \return its size in bytes
    Result<std::uint64_t> finish();

private:
    NewFile(std::filesystem::path file, std::filesystem::path temporary);
    std::filesystem::path file_;
    std::filesystem::path temporary_;  // empty once finished or moved from
};

/// \return ErrorCode::wrong_use when a file written at `out` would replace the store, or what SQLite keeps
/// beside it
Result<void> check_is_not_store(std::filesystem::path const& out, std::filesystem::path const& store);

/// Writes bytes one after another and notices each that the disk does not take.
class FileWriter {
public:
    explicit FileWriter(std::filesystem::path const& file);
    void write(std::string_view bytes);
    /// \return ErrorCode::full or unwritable for the first write that failed
    Result<void> finish();

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    int first_problem_ = 0;
};

/// What `errno` says of writing: ErrorCode::full for a full disk, else unwritable; without a message where
/// the reader has had enough (`| head`), who need not be told. \param what `cannot write a.csv`
[[nodiscard]] Error writing_error(int number, std::string const& what);

}  // namespace riskbild::cli
