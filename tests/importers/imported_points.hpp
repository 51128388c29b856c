#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "fake_store.hpp"
#include "importers/points/points_importer.hpp"
#include "test_files.hpp"

namespace riskbild::importers {

inline constexpr std::string_view kProfile = R"(
source = "test"
title = "Test"
id = "id"
[time]
from = "from"
to = "to"
[position]
lng = "lng"
lat = "lat"
precision_column = "precision"
area = "kommun"
[kind]
column = "kind"
codes = true
[words]
title = "title"
)";

inline ColumnProfile profile(std::string_view toml = kProfile)
{
    auto parsed = parse_column_profile(toml, "test");
    if (!parsed)
        throw std::runtime_error{parsed.error().message};
    return std::move(*parsed);
}

inline constexpr std::string_view kHeader = "id,from,to,kind,lng,lat,precision,kommun,title\n";

struct Imported {
    FakeStore store{county_of_squares()};
    Result<ImportReport> report = fail(ErrorCode::internal, "not run");
};

inline std::unique_ptr<Imported> import_csv(std::string const& csv, ColumnProfile const& columns = profile(),
                                            std::string const& name = "t.csv")
{
    auto imported = std::make_unique<Imported>();
    auto source = ByteSource::from_memory(name, csv);
    imported->report =
        import_points(imported->store, source, {.columns = columns, .now = at("2026-06-01T12:00:00Z")});
    return imported;
}

inline std::unique_ptr<Imported> import_rows(std::string const& rows)
{
    return import_csv(std::string{kHeader} + rows);
}

}  // namespace riskbild::importers
