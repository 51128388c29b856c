#include "importers/readers/scratch_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>

namespace riskbild::importers {

Result<ScratchFolder> ScratchFolder::make()
{
    std::error_code error;
    auto const below = std::filesystem::temp_directory_path(error);
    auto pattern = ((error ? std::filesystem::path{"/tmp"} : below) / "riskbild-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        return fail(ErrorCode::unwritable, fmt::format("no temporary folder could be made: {}",
                                                       std::generic_category().message(errno)));
    return ScratchFolder{pattern};
}

ScratchFolder& ScratchFolder::operator=(ScratchFolder&& other) noexcept
{
    std::swap(path_, other.path_);
    return *this;
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove_all(path_, ignored);
}

}  // namespace riskbild::importers
