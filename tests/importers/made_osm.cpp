#include "made_osm.hpp"

#include <osmium/io/opl_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/writer.hpp>

namespace riskbild::importers {

void write_osm(std::string const& path, std::string const& opl)
{
    osmium::io::Reader reader{osmium::io::File{opl.data(), opl.size(), "opl"}};
    osmium::io::Writer writer{osmium::io::File{path, "pbf"}, osmium::io::overwrite::allow};
    while (auto buffer = reader.read())
        writer(std::move(buffer));
    writer.close();
    reader.close();
}

}  // namespace riskbild::importers
