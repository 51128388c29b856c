# Every outside library: the oldest version that we accept, and why we need it.

# fmt 9: formatting; std::format is missing in g++ 12.
find_package(fmt 9.1 REQUIRED CONFIG)
# spdlog 1.10: the server's log.
find_package(spdlog 1.10 REQUIRED CONFIG)
# nlohmann-json 3.11: JSON of the API, of import reports and of payloads.
find_package(nlohmann_json 3.11 REQUIRED CONFIG)
# CLI11 2.1: the command line of `riskbild`.
find_package(CLI11 2.1 REQUIRED CONFIG)
# tl::expected 1.0: Result<T>; std::expected is missing in g++ 12. Header only.
find_path(TL_EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
# date 3.0: civil calendar and time zones; std::chrono's are missing in g++ 12.
find_package(date 3.0 REQUIRED CONFIG)
# toml++ 3.3: profiles, kinds and styles are TOML that an analyst edits. Few .cpp see it.
find_package(PkgConfig REQUIRED)
pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus>=3.3)
# SQLite 3.40: the default store is a GeoPackage, which is an SQLite file.
find_package(SQLite3 3.40 REQUIRED)
# libsodium 1.0.18: hashes of contents, random numbers; met in geo_core/store/content_hash.cpp.
pkg_check_modules(LIBSODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
# PROJ 9.1: degrees to metres and back; met only in geo_core/crs.cpp.
find_package(PROJ 9.1 REQUIRED CONFIG)
# GEOS 3.11: clips polygons to tiles and keeps them valid, repairs areas; met only in tiles/mvt/clip.cpp and
# importers/areas/shape_repair.cpp.
find_package(GEOS 3.11 REQUIRED CONFIG)
# GDAL 3.6: reads source formats, writes exports; met in importers/readers/ and cli/export.
find_package(GDAL 3.6 REQUIRED CONFIG)
# Boost 1.74: Beast and Asio (server), Geometry (R-tree over areas). Newer Boosts remove libmapnik-dev.
find_package(Boost 1.74 REQUIRED)
# protozero 1.7: reads GTFS-Realtime, met only in importers/gtfs_rt/alerts_protobuf.cpp, and is the tests' independent decoder
# of vector tiles, whose writer needs none. Header only and part of libosmium already; Google's protobuf would bring a
# compiler of its own for the dozen fields that we read.
find_path(PROTOZERO_INCLUDE protozero/pbf_writer.hpp REQUIRED)
# libosmium 2.19: reads extracts of OpenStreetMap and closes their boundaries; header only, met only in
# importers/osm/osm_extract.cpp.
find_path(OSMIUM_INCLUDE osmium/io/pbf_input.hpp REQUIRED)
# libdeflate 1.14: gzip of finished tiles and of the viewer's files, 2.5 times cheaper than zlib.
pkg_check_modules(LIBDEFLATE REQUIRED IMPORTED_TARGET libdeflate>=1.14)
# zlib 1.2: reading gzip input as a stream.
find_package(ZLIB REQUIRED)
# libarchive 3.6: reading ZIP, bzip2, xz and zstd as streams, with their check sums; met in importers/readers/unpacker.cpp
# and importers/gtfs/gtfs_files.cpp.
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive>=3.6)
# libcurl 7.85: asks feeds over HTTPS; met only in importers/fetch/web_client.cpp. Either of Debian's builds will do; GDAL
# brings one, and ./dev takes OpenSSL's. Beast, which we have, knows no redirects, packed answers or proxies.
pkg_check_modules(LIBCURL REQUIRED IMPORTED_TARGET libcurl>=7.85)
# expat 2.5: XML as a stream, without expanding entities; met only in importers/readers/xml_records.cpp. GDAL and
# libosmium bring it; pugixml would hold a file in memory as a whole.
find_package(EXPAT 2.5 REQUIRED)
find_package(Threads REQUIRED)

# Mapnik 3.1: picture tiles; met only in tiles/raster/. It has no CMake or pkg-config file, only
# mapnik-config; its --cxxflags would force C++14, so only defines and include paths are taken.
find_program(MAPNIK_CONFIG mapnik-config REQUIRED)
function(riskbild_mapnik_flags OUT)
  execute_process(COMMAND ${MAPNIK_CONFIG} ${ARGN} OUTPUT_VARIABLE text OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${text}")
  list(REMOVE_ITEM flags -DNDEBUG)
  set(${OUT} "${flags}" PARENT_SCOPE)
endfunction()
riskbild_mapnik_flags(mapnik_defines --defines)
riskbild_mapnik_flags(mapnik_includes --includes --dep-includes)
list(TRANSFORM mapnik_includes REPLACE "^-I" "")
list(REMOVE_ITEM mapnik_includes /usr/include)
add_library(riskbild_mapnik INTERFACE)
target_compile_options(riskbild_mapnik INTERFACE ${mapnik_defines} -DBOOST_ALLOW_DEPRECATED_HEADERS)
target_include_directories(riskbild_mapnik SYSTEM INTERFACE ${mapnik_includes})
target_link_libraries(riskbild_mapnik INTERFACE mapnik icuuc freetype)
