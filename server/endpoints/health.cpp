#include "server/endpoints/health.hpp"

#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {

Answer HealthEndpoint::operator()(Request const&) const
{
    JsonText json;
    json.object([&] {
        json.field("status", "ok");
        json.field("revision", revision.value());
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
