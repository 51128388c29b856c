#include "cli/new_file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
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

fs::path folder_of(fs::path const& file)
{
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

}  // namespace

NewFile::NewFile(fs::path file, fs::path temporary) : file_(std::move(file)), temporary_(std::move(temporary))
{
}

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
    auto const present = fs::symlink_status(file, ignored);
    if (fs::is_directory(present))
        return fail(ErrorCode::wrong_use,
                    fmt::format("{} is a folder, expected the name of a file", file.string()), "out");
    if (fs::exists(present) && !fs::is_regular_file(present))
        return fail(
            ErrorCode::wrong_use,
            fmt::format("{} is a device, pipe or symbolic link, which is never replaced", file.string()),
            "out");
    if (existing == Existing::keep && fs::exists(present))
        return fail(ErrorCode::wrong_use,
                    fmt::format("{} exists already; --force replaces it", file.string()), "out");
    auto const folder = folder_of(file);
    if (!fs::is_directory(folder, ignored))
        return fail(ErrorCode::not_found, fmt::format("there is no folder {}", folder.string()), "out");
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return fail(ErrorCode::unwritable,
                    fmt::format("cannot write into {}: {}", folder.string(), std::strerror(errno)), "out");
    auto const temporary = folder / fmt::format(".part-{}-{}", ::getpid(), file.filename().string());
    return NewFile(file, temporary);
}

Result<std::uint64_t> NewFile::finish()
{
    auto const failed = [this] {
        return Failure(writing_error(errno, fmt::format("cannot finish {}", file_.string())));
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

Result<void> check_is_not_store(fs::path const& out, fs::path const& store)
{
    std::error_code ignored;
    auto const real = [&](fs::path const& path) { return fs::weakly_canonical(fs::absolute(path), ignored); };
    for (auto const* suffix : {"", "-wal", "-shm", "-journal"}) {
        // SQLite puts its files beside the store itself, not beside a link to it.
        auto const part = fs::path(real(store).string() + suffix);
        if (fs::equivalent(out, part, ignored) || real(out) == part)
            return fail(
                ErrorCode::wrong_use,
                fmt::format("{} belongs to the store {}; name another file", out.string(), store.string()),
                "out");
    }
    return {};
}

FileWriter::FileWriter(fs::path const& file) : file_(std::fopen(file.c_str(), "wb"), &std::fclose)
{
    if (!file_)
        first_problem_ = errno;
}

void FileWriter::write(std::string_view bytes)
{
    if (first_problem_ == 0 && std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
        first_problem_ = errno;
}

Result<void> FileWriter::finish()
{
    if (file_ && std::fclose(file_.release()) != 0 && first_problem_ == 0)
        first_problem_ = errno;
    if (first_problem_ == 0)
        return {};
    return Failure(writing_error(first_problem_, "writing failed"));
}

Error writing_error(int number, std::string const& what)
{
    if (number == ENOSPC || number == EDQUOT)
        return {ErrorCode::full, what + ": the disk is full"};
    if (number == EPIPE)
        return {ErrorCode::unwritable, {}};
    return {ErrorCode::unwritable, fmt::format("{}: {}", what, std::strerror(number))};
}

}  // namespace riskbild::cli
