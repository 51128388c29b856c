#include "importers/fetch/durable_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

Failure cannot_write(fs::path const& file, int number)
{
    auto const is_full = number == ENOSPC || number == EDQUOT;
    return fail(is_full ? ErrorCode::full : ErrorCode::unwritable,
                fmt::format("cannot write {}: {}", file.string(),
                            is_full ? "the disk is full" : std::strerror(number)));
}

// A file that is being written: closed, and gone unless it got its name.
class HiddenFile {
public:
    explicit HiddenFile(fs::path path)
        : path_(std::move(path)),
          descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
          problem_(descriptor_ < 0 ? errno : 0)
    {
    }
    HiddenFile(HiddenFile const&) = delete;
    HiddenFile& operator=(HiddenFile const&) = delete;
    ~HiddenFile()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
        if (!path_.empty())
            ::unlink(path_.c_str());
    }

    // 0, or what errno said.
    int write(std::string_view bytes)
    {
        if (problem_ != 0)
            return problem_;
        while (!bytes.empty()) {
            auto const written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR)
                return errno;
            bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        if (::fsync(descriptor_) != 0)
            return errno;
        auto const closed = ::close(descriptor_);
        descriptor_ = -1;
        return closed == 0 ? 0 : errno;
    }
    int name(fs::path const& file)
    {
        if (::rename(path_.c_str(), file.c_str()) != 0)
            return errno;
        path_.clear();
        return 0;
    }

private:
    fs::path path_;
    int descriptor_;
    int problem_;  // of opening
};

// A new name is on the disk when its folder is.
int sync_folder_of(fs::path const& file)
{
    auto const folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    auto const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    auto const problem = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    return problem;
}

}  // namespace

Result<void> write_durably(fs::path const& file, std::string_view bytes)
{
    HiddenFile hidden{file.parent_path() / fmt::format("{}{}", kHalfFile, file.filename().string())};
    auto problem = hidden.write(bytes);
    problem = problem == 0 ? hidden.name(file) : problem;
    problem = problem == 0 ? sync_folder_of(file) : problem;
    return problem == 0 ? Result<void>{} : cannot_write(file, problem);
}

Result<void> move_durably(fs::path const& from, fs::path const& to)
{
    auto problem = ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
    problem = problem == 0 ? sync_folder_of(to) : problem;
    problem = problem == 0 ? sync_folder_of(from) : problem;
    return problem == 0 ? Result<void>{} : cannot_write(to, problem);
}

Result<std::string> gzip(std::string_view bytes)
{
    constexpr int kWindowOfGzip = 15 + 16, kMemory = 8;
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWindowOfGzip, kMemory,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return fail(ErrorCode::internal, "zlib cannot be started");
    std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    auto const done = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (done != Z_STREAM_END)
        return fail(ErrorCode::internal, "zlib did not pack an answer as a whole");
    return packed;
}

}  // namespace riskbild::importers
