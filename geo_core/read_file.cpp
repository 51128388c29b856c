#include "geo_core/read_file.hpp"

#include <fstream>
#include <sstream>

namespace riskbild {

std::optional<std::string> read_file(std::filesystem::path const& file)
{
    std::ifstream in{file, std::ios::binary};
    std::error_code error;
    if (!in || std::filesystem::is_directory(file, error))
        return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace riskbild
