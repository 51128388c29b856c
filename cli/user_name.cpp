#include "cli/user_name.hpp"

#include <pwd.h>
#include <unistd.h>

namespace riskbild::cli {

std::string user_name()
{
    auto const* const user = ::getpwuid(::getuid());
    if (user == nullptr)
        return std::to_string(::getuid());
    // The first field of four; the others are rooms and telephone numbers.
    std::string const real = user->pw_gecos == nullptr ? "" : user->pw_gecos;
    auto const name = real.substr(0, real.find(','));
    return name.empty() ? user->pw_name : name;
}

}  // namespace riskbild::cli
