#include "cli/new_file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace riskbild::cli {
namespace {

namespace fs = std::filesystem;

bool make_durable(fs::path const& path, int flags)
{
    auto const descriptor = ::open(path.c_str(), flags);
    if (descriptor < 0)
        return false;
    auto const good = ::fsync(descriptor) == 0;
    return ::close(descriptor) == 0 && good;
}

fs::path folder_of(fs::path const& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

}  // namespace

NewFile::NewFile(fs::path file, fs::path temporary) : file_(std::move(file)), temporary_(std::move(temporary)) {}

NewFile::NewFile(NewFile&& other) noexcept
    : file_(std::move(other.file_)), temporary_(std::exchange(other.temporary_, {}))
{
}

NewFile::~NewFile()
{
    if (temporary_.empty())
        return;
    std::error_code ignored;
    // What GDAL and SQLite may leave beside a file that was not finished.
    for (auto const* suffix : {"", "-journal", "-wal", "-shm", ".aux.xml"})
        fs::remove(temporary_.string() + suffix, ignored);
}

Result<NewFile> NewFile::at(fs::path const& file, Existing existing)
{
    std::error_code ignored;
    if (fs::is_directory(file, ignored))
        return fail(ErrorCode::wrong_use, fmt::format("{} is a folder, expected the name of a file", file.string()), "out");
    if (existing == Existing::keep && fs::exists(file, ignored))
        return fail(ErrorCode::wrong_use, fmt::format("{} exists already; --force replaces it", file.string()), "out");
    auto const folder = folder_of(file);
    if (!fs::is_directory(folder, ignored))
        return fail(ErrorCode::not_found, fmt::format("there is no folder {}", folder.string()), "out");
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return fail(ErrorCode::unwritable, fmt::format("cannot write into {}: {}", folder.string(), std::strerror(errno)), "out");
    auto const temporary = folder / fmt::format(".part-{}-{}", ::getpid(), file.filename().string());
    return NewFile(file, temporary);
}

Result<std::uint64_t> NewFile::finish()
{
    auto const failed = [this] {
        auto const code = errno == ENOSPC ? ErrorCode::full : ErrorCode::unwritable;
        return fail(code, fmt::format("cannot finish {}: {}", file_.string(), std::strerror(errno)), "out");
    };
    errno = 0;
    if (!make_durable(temporary_, O_RDWR))
        return failed();
    std::error_code ec;
    auto const size = fs::file_size(temporary_, ec);
    fs::rename(temporary_, file_, ec);
    if (ec) {
        errno = ec.value();
        return failed();
    }
    temporary_.clear();
    make_durable(folder_of(file_), O_RDONLY | O_DIRECTORY);
    return size;
}

bool is_disk_full(fs::path const& file)
{
    struct statvfs status{};
    // Less than one block of a page: nothing worth writing fits any more.
    return ::statvfs(folder_of(file).c_str(), &status) == 0 && status.f_bavail * status.f_frsize < 4096;
}

}  // namespace riskbild::cli
