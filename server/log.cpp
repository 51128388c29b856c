#include "server/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace riskbild::server {
namespace {

spdlog::logger& logger()
{
    static auto const instance = [] {
        auto created =
            std::make_shared<spdlog::logger>("riskbild", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        created->set_pattern("%Y-%m-%d %H:%M:%S %l %v");
        created->flush_on(spdlog::level::info);
        return created;
    }();
    return *instance;
}

}  // namespace

void log_to_stderr(bool verbose)
{
    logger().set_level(verbose ? spdlog::level::debug : spdlog::level::info);
}
bool logs_requests()
{
    return logger().should_log(spdlog::level::debug);
}

void log_debug(std::string_view message)
{
    logger().debug(message);
}
void log_info(std::string_view message)
{
    logger().info(message);
}
void log_warning(std::string_view message)
{
    logger().warn(message);
}
void log_error(std::string_view message)
{
    logger().error(message);
}

}  // namespace riskbild::server
