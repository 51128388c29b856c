#pragma once

#include <optional>
#include <string_view>

#include "geo_core/set_aside.hpp"
#include "importers/set_aside_desk.hpp"
#include "server/json_text.hpp"

namespace riskbild::server {

/// The desk as JSON, on the command line as over HTTP. Each writes one object.
void write_set_aside_page(JsonText& json, SetAsidePage const& page);
void write_desk_row(JsonText& json, importers::DeskRow const& row);
void write_retry_report(JsonText& json, importers::RetryReport const& report);

/// `open`, `taken`, `dropped`; and `newest`, `file`, `reason`. Nothing for another word.
[[nodiscard]] std::optional<SetAsideState> set_aside_state(std::string_view name);
[[nodiscard]] std::optional<SetAsideQuery::Order> set_aside_order(std::string_view name);

}  // namespace riskbild::server
