#pragma once

#include <string>

namespace riskbild::importers {

/// Writes an extract as `.osm.pbf`, in the order of the lines. \param opl OpenStreetMap by hand, a line an
/// object: `n1 x17.6 y59.8 Tname=Torget`, `w1 Thighway=residential,name=A Nn1,n2`, `r1 Ttype=boundary
/// Mw1@outer` (https://osmcode.org/opl-file-format)
void write_osm(std::string const& path, std::string const& opl);

}  // namespace riskbild::importers
