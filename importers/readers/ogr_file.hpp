#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cpl_error.h>
#include <gdal_priv.h>

#include "geo_core/result.hpp"
#include "importers/readers/byte_source.hpp"
#include "importers/readers/file_format.hpp"
#include "importers/readers/scratch_folder.hpp"

namespace riskbild::importers {

/// What GDAL says goes wrong while this lives and on this thread, instead of to standard error.
class GdalMessages {
public:
    GdalMessages() { CPLPushErrorHandlerEx(&keep, &first_); }
    ~GdalMessages() { CPLPopErrorHandler(); }
    GdalMessages(GdalMessages const&) = delete;
    GdalMessages& operator=(GdalMessages const&) = delete;
    [[nodiscard]] std::string const& first() const { return first_; }

private:
    static void CPL_STDCALL keep(CPLErr level, CPLErrorNum, char const* message);
    std::string first_;
};

/// How GDAL is to read, while this lives and for this thread alone: by our settings, and asking no address.
/// Whoever reads from an OgrFile holds one.
class GdalSettings {
public:
    GdalSettings();
    ~GdalSettings();
    GdalSettings(GdalSettings const&) = delete;
    GdalSettings& operator=(GdalSettings const&) = delete;
};

/// A file that GDAL has open, by the drivers of its format alone, through a temporary folder that holds links
/// to, or a copy of, the file and what belongs to it, and nothing else: nothing in a file can make GDAL open
/// another file or an address.
class OgrFile {
public:
    /// \param layer of an archive of several shapefiles: which is meant
    /// \return ErrorCode::unreadable for what cannot be opened, a store of ours, a GeoPackage with tables
    /// made by a program; ErrorCode::wrong_use (field `layer`) listing the shapefiles of an archive
    static Result<OgrFile> open(ByteSource& source, FileFormat format, std::string const& layer);
    /// A database, only ever by what a person typed. \param name for messages
    static Result<OgrFile> connect(std::string const& connection, std::string name);

    [[nodiscard]] GDALDataset& dataset() const { return *dataset_; }
    [[nodiscard]] std::string const& name() const { return name_; }
    /// The format, for people: `GeoPackage`
    [[nodiscard]] std::string const& title() const { return title_; }

private:
    OgrFile(std::string name, std::string title) : name_(std::move(name)), title_(std::move(title)) {}
    Result<void> open_with(std::string const& what, std::vector<char const*> const& drivers,
                           char const* const* options);
    Result<void> refuse_what_reaches_elsewhere();

    struct Close {
        void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
    };
    std::optional<ScratchFolder> folder_;  // gone after the dataset
    std::string name_, title_;
    std::unique_ptr<GDALDataset, Close> dataset_;
};

}  // namespace riskbild::importers
