#pragma once

#include "layers/quality/quality_report.hpp"
#include "server/json_text.hpp"

namespace riskbild::server {

/// The quality of the data as one JSON object, on the command line as over HTTP.
void write_quality(JsonText& json, layers::QualityReport const& report);

}  // namespace riskbild::server
