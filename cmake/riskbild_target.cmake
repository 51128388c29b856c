# riskbild_library(geo_core SOURCES … HEADERS … [USES folder…] [PUBLIC lib…] [PRIVATE lib…])
#
# One library per folder. USES names other folders; the table below is the only direction allowed, and
# the test `structure` checks the #include lines against the same table.

set(RISKBILD_MAY_USE_geo_core "")
set(RISKBILD_MAY_USE_importers geo_core)
set(RISKBILD_MAY_USE_layers geo_core)
set(RISKBILD_MAY_USE_tiles geo_core layers)
set(RISKBILD_MAY_USE_server geo_core importers layers tiles)
set(RISKBILD_MAY_USE_data geo_core)
set(RISKBILD_MAY_USE_cli geo_core importers layers tiles server data)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(riskbild_options INTERFACE)
target_include_directories(riskbild_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(riskbild_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  # Options structs are filled by name and leave the rest to their defaults.
  -Wno-missing-field-initializers
  # The same bytes on every machine: no fused multiply-add behind our back, never -ffast-math.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives inside std::string and std::vector when it inlines them at -O3.
  target_compile_options(riskbild_options INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized)
endif()

function(riskbild_library FOLDER)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;USES;PUBLIC;PRIVATE" ${ARGN})
  set(target riskbild_${FOLDER})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${ARG_HEADERS})
  target_link_libraries(${target} PUBLIC riskbild_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  foreach(used IN LISTS ARG_USES)
    if(NOT used IN_LIST RISKBILD_MAY_USE_${FOLDER})
      message(FATAL_ERROR "${FOLDER} must not use ${used}: it may use '${RISKBILD_MAY_USE_${FOLDER}}'")
    endif()
    target_link_libraries(${target} PUBLIC riskbild_${used})
  endforeach()
endfunction()
