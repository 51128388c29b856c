#include "server/uploaded_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace riskbild::server {
namespace {

Failure failed_to_write(std::filesystem::path const& file, int problem)
{
    auto const is_full = problem == ENOSPC || problem == EDQUOT;
    return fail(is_full ? ErrorCode::full : ErrorCode::unwritable,
                fmt::format("cannot keep what is sent in {}: {}", file.parent_path().string(),
                            is_full ? "the disk is full" : std::strerror(problem)));
}

}  // namespace

Result<std::unique_ptr<UploadedFile>> UploadedFile::create_in(std::filesystem::path const& folder)
{
    auto name = (folder / "upload-XXXXXX").string();
    auto const descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0)
        return failed_to_write(name, errno);
    return std::make_unique<UploadedFile>(name, descriptor);
}

UploadedFile::UploadedFile(std::filesystem::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor)
{
}

UploadedFile::~UploadedFile()
{
    ::close(descriptor_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

Result<void> UploadedFile::append(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failed_to_write(path_, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
        size_ += static_cast<std::uint64_t>(written);
    }
    return {};
}

}  // namespace riskbild::server
