#include "server/endpoints/quality.hpp"

#include "layers/quality/quality_report.hpp"
#include "server/endpoints/quality_json.hpp"
#include "server/respond.hpp"

namespace riskbild::server {

Answer QualityEndpoint::operator()(Request const& request) const
{
    JsonText json;
    auto const written = read([&](Store& store) -> Result<void> {
        auto const report = layers::quality_report(store, view, today,
                                                   std::string(request.query_value("source").value_or("")));
        if (!report)
            return Failure(report.error());
        write_quality(json, *report);
        return {};
    });
    return written ? json_answer(std::move(json).text()) : error_answer(written.error());
}

}  // namespace riskbild::server
