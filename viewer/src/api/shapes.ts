// Generated from docs/api/openapi.yaml by `npm run types`. Do not edit.

export const shapes = {
  "LayerName": {
    "type": "string"
  },
  "TileFormat": {
    "type": "string",
    "enum": [
      "mvt",
      "png",
      "webp"
    ]
  },
  "Precision": {
    "type": "string",
    "enum": [
      "exact",
      "address",
      "street",
      "locality",
      "kommun",
      "lan"
    ]
  },
  "LeftOutReason": {
    "type": "string",
    "enum": [
      "locality_only",
      "kommun_only",
      "lan_only",
      "protected_kind",
      "hour_unknown",
      "area_unknown"
    ]
  },
  "Error": {
    "type": "object",
    "required": [
      "code",
      "message"
    ],
    "properties": {
      "code": {
        "type": "string"
      },
      "message": {
        "type": "string"
      },
      "field": {
        "type": "string"
      }
    }
  },
  "By": {
    "type": "string",
    "minLength": 1,
    "maxLength": 100
  },
  "ByWhom": {
    "type": "object",
    "required": [
      "by"
    ],
    "properties": {
      "by": {
        "$ref": "#/components/schemas/By"
      }
    }
  },
  "ByWhomRows": {
    "type": "object",
    "required": [
      "by",
      "rows"
    ],
    "properties": {
      "by": {
        "$ref": "#/components/schemas/By"
      },
      "rows": {
        "type": "array",
        "items": {
          "type": "integer"
        },
        "minItems": 1,
        "maxItems": 1000
      }
    }
  },
  "CorrectRow": {
    "type": "object",
    "required": [
      "by",
      "values"
    ],
    "properties": {
      "by": {
        "$ref": "#/components/schemas/By"
      },
      "values": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      }
    }
  },
  "Dropped": {
    "type": "object",
    "required": [
      "dropped"
    ],
    "properties": {
      "dropped": {
        "type": "integer"
      }
    }
  },
  "NameCount": {
    "type": "object",
    "required": [
      "name",
      "n"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "n": {
        "type": "integer"
      }
    }
  },
  "WhoAndWhen": {
    "type": "object",
    "required": [
      "by",
      "at"
    ],
    "properties": {
      "by": {
        "type": "string"
      },
      "at": {
        "type": "string",
        "format": "date-time"
      }
    }
  },
  "Settlement": {
    "type": "object",
    "required": [
      "what",
      "by",
      "at"
    ],
    "properties": {
      "what": {
        "type": "string",
        "enum": [
          "taken",
          "outside",
          "set_aside",
          "dropped"
        ]
      },
      "by": {
        "type": "string"
      },
      "at": {
        "type": "string",
        "format": "date-time"
      },
      "reason": {
        "type": "string"
      },
      "column": {
        "type": "string"
      },
      "message": {
        "type": "string"
      },
      "report": {
        "$ref": "#/components/schemas/ReportKey"
      }
    }
  },
  "ReportKey": {
    "type": "object",
    "required": [
      "source",
      "source_id"
    ],
    "properties": {
      "source": {
        "type": "string"
      },
      "source_id": {
        "type": "string"
      }
    }
  },
  "SetAsideRow": {
    "type": "object",
    "required": [
      "id",
      "source",
      "file",
      "row",
      "column",
      "reason",
      "first_reason",
      "message",
      "state",
      "why_not"
    ],
    "properties": {
      "id": {
        "type": "integer"
      },
      "source": {
        "type": "string"
      },
      "file": {
        "type": "string"
      },
      "row": {
        "type": "integer"
      },
      "column": {
        "type": "string"
      },
      "reason": {
        "type": "string"
      },
      "first_reason": {
        "type": "string"
      },
      "message": {
        "type": "string"
      },
      "state": {
        "type": "string",
        "enum": [
          "open",
          "taken",
          "dropped"
        ]
      },
      "correction": {
        "$ref": "#/components/schemas/WhoAndWhen"
      },
      "settlement": {
        "$ref": "#/components/schemas/Settlement"
      },
      "why_not": {
        "type": "string"
      }
    }
  },
  "DeskColumn": {
    "type": "object",
    "required": [
      "name",
      "received"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "received": {
        "type": "string"
      },
      "corrected": {
        "type": "string"
      }
    }
  },
  "DeskRow": {
    "type": "object",
    "required": [
      "id",
      "source",
      "file",
      "row",
      "column",
      "reason",
      "first_reason",
      "message",
      "state",
      "read_by",
      "why_not",
      "columns"
    ],
    "properties": {
      "id": {
        "type": "integer"
      },
      "source": {
        "type": "string"
      },
      "file": {
        "type": "string"
      },
      "row": {
        "type": "integer"
      },
      "column": {
        "type": "string"
      },
      "reason": {
        "type": "string"
      },
      "first_reason": {
        "type": "string"
      },
      "message": {
        "type": "string"
      },
      "state": {
        "type": "string",
        "enum": [
          "open",
          "taken",
          "dropped"
        ]
      },
      "correction": {
        "$ref": "#/components/schemas/WhoAndWhen"
      },
      "settlement": {
        "$ref": "#/components/schemas/Settlement"
      },
      "read_by": {
        "type": "string"
      },
      "why_not": {
        "type": "string"
      },
      "columns": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/DeskColumn"
        }
      }
    }
  },
  "SetAsidePage": {
    "type": "object",
    "required": [
      "n",
      "rows",
      "reasons",
      "sources",
      "files"
    ],
    "properties": {
      "n": {
        "type": "integer"
      },
      "rows": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/SetAsideRow"
        }
      },
      "reasons": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/NameCount"
        }
      },
      "sources": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/NameCount"
        }
      },
      "files": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/NameCount"
        }
      }
    }
  },
  "RetriedRow": {
    "type": "object",
    "required": [
      "id",
      "what",
      "by",
      "at"
    ],
    "properties": {
      "id": {
        "type": "integer"
      },
      "what": {
        "type": "string",
        "enum": [
          "taken",
          "outside",
          "set_aside",
          "dropped"
        ]
      },
      "by": {
        "type": "string"
      },
      "at": {
        "type": "string",
        "format": "date-time"
      },
      "reason": {
        "type": "string"
      },
      "column": {
        "type": "string"
      },
      "message": {
        "type": "string"
      },
      "report": {
        "$ref": "#/components/schemas/ReportKey"
      }
    }
  },
  "RetryReport": {
    "type": "object",
    "required": [
      "taken",
      "outside",
      "set_aside",
      "rows"
    ],
    "properties": {
      "taken": {
        "type": "integer"
      },
      "outside": {
        "type": "integer"
      },
      "set_aside": {
        "type": "integer"
      },
      "rows": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/RetriedRow"
        }
      }
    }
  },
  "RunImport": {
    "type": "object",
    "required": [
      "source"
    ],
    "properties": {
      "by": {
        "type": "string",
        "maxLength": 100
      },
      "source": {
        "type": "string",
        "enum": [
          "areas",
          "figures",
          "gtfs",
          "gtfs-rt",
          "open311",
          "osm",
          "points",
          "police",
          "shops"
        ]
      },
      "dry_run": {
        "type": "boolean"
      },
      "profile": {
        "type": "string"
      },
      "changes": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "kinds": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "layer": {
        "type": "string"
      },
      "swap_positions": {
        "type": "boolean"
      },
      "set": {
        "type": "string"
      },
      "measure": {
        "type": "string"
      },
      "about": {
        "type": "string"
      },
      "year": {
        "type": "string"
      },
      "replace": {
        "type": "boolean"
      },
      "source_name": {
        "type": "string"
      },
      "profile_toml": {
        "type": "string",
        "maxLength": 49152
      },
      "observed": {
        "type": "string"
      }
    }
  },
  "CancelImport": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "by": {
        "type": "string",
        "maxLength": 100
      }
    }
  },
  "LastImport": {
    "type": "object",
    "properties": {
      "import": {
        "$ref": "#/components/schemas/Import"
      }
    }
  },
  "LookAtImport": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "layer": {
        "type": "string",
        "maxLength": 300
      },
      "kind_column": {
        "type": "string",
        "maxLength": 300
      }
    }
  },
  "ChangeProfile": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "changes": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "kinds": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      }
    }
  },
  "ProfileText": {
    "type": "object",
    "required": [
      "name",
      "toml"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "toml": {
        "type": "string"
      }
    }
  },
  "ProfileName": {
    "type": "object",
    "required": [
      "name",
      "title"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "title": {
        "type": "string"
      }
    }
  },
  "Import": {
    "type": "object",
    "required": [
      "id",
      "file",
      "bytes",
      "step",
      "source",
      "dry_run",
      "profiles",
      "progress"
    ],
    "properties": {
      "id": {
        "type": "integer"
      },
      "file": {
        "type": "string"
      },
      "bytes": {
        "type": "integer"
      },
      "step": {
        "type": "string",
        "enum": [
          "waiting",
          "running",
          "done",
          "failed",
          "cancelled"
        ]
      },
      "source": {
        "type": "string"
      },
      "dry_run": {
        "type": "boolean"
      },
      "layer": {
        "type": "string"
      },
      "profiles": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/ProfileName"
        }
      },
      "suggestion": {
        "$ref": "#/components/schemas/Suggestion"
      },
      "no_suggestion": {
        "$ref": "#/components/schemas/Error"
      },
      "progress": {
        "$ref": "#/components/schemas/ImportProgress"
      },
      "report": {
        "$ref": "#/components/schemas/ImportReport"
      },
      "error": {
        "$ref": "#/components/schemas/Error"
      }
    }
  },
  "ImportProgress": {
    "type": "object",
    "required": [
      "rows",
      "bytes",
      "total_bytes"
    ],
    "properties": {
      "rows": {
        "type": "integer"
      },
      "bytes": {
        "type": "integer"
      },
      "total_bytes": {
        "type": "integer"
      }
    }
  },
  "Suggestion": {
    "type": "object",
    "required": [
      "form",
      "title",
      "source",
      "rows_looked_at",
      "usable_rows",
      "columns",
      "guesses",
      "kinds",
      "questions",
      "preview"
    ],
    "properties": {
      "form": {
        "type": "string"
      },
      "title": {
        "type": "string"
      },
      "source": {
        "type": "string"
      },
      "rows_looked_at": {
        "type": "integer"
      },
      "usable_rows": {
        "type": "integer"
      },
      "columns": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "guesses": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/ProfileGuess"
        }
      },
      "kinds": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/KindProposal"
        }
      },
      "questions": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "preview": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/PreviewRow"
        }
      }
    }
  },
  "ProfileGuess": {
    "type": "object",
    "required": [
      "key",
      "value",
      "confidence",
      "reason"
    ],
    "properties": {
      "key": {
        "type": "string"
      },
      "value": {
        "type": "string"
      },
      "confidence": {
        "type": "string",
        "enum": [
          "certain",
          "likely",
          "unsure"
        ]
      },
      "reason": {
        "type": "string"
      }
    }
  },
  "KindProposal": {
    "type": "object",
    "required": [
      "value",
      "rows",
      "code",
      "reason"
    ],
    "properties": {
      "value": {
        "type": "string"
      },
      "rows": {
        "type": "integer"
      },
      "code": {
        "type": "string"
      },
      "reason": {
        "type": "string"
      }
    }
  },
  "PreviewRow": {
    "type": "object",
    "required": [
      "row",
      "when",
      "where",
      "kind",
      "title",
      "set_aside"
    ],
    "properties": {
      "row": {
        "type": "integer"
      },
      "when": {
        "type": "string"
      },
      "where": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "title": {
        "type": "string"
      },
      "set_aside": {
        "type": "string"
      }
    }
  },
  "ImportReport": {
    "type": "object",
    "required": [
      "read",
      "new",
      "revised",
      "unchanged",
      "outside",
      "set_aside",
      "source",
      "reasons",
      "rows",
      "notes"
    ],
    "properties": {
      "read": {
        "type": "integer"
      },
      "new": {
        "type": "integer"
      },
      "revised": {
        "type": "integer"
      },
      "unchanged": {
        "type": "integer"
      },
      "outside": {
        "type": "integer"
      },
      "set_aside": {
        "type": "integer"
      },
      "source": {
        "type": "string"
      },
      "reasons": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/NameCount"
        }
      },
      "rows": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/ProblemRow"
        }
      },
      "notes": {
        "type": "array",
        "items": {
          "type": "string"
        }
      }
    }
  },
  "ProblemRow": {
    "type": "object",
    "required": [
      "row",
      "column",
      "reason",
      "message"
    ],
    "properties": {
      "row": {
        "type": "integer"
      },
      "column": {
        "type": "string"
      },
      "reason": {
        "type": "string"
      },
      "message": {
        "type": "string"
      }
    }
  },
  "Quality": {
    "type": "object",
    "required": [
      "today",
      "revision",
      "sources",
      "places",
      "coarse_areas"
    ],
    "properties": {
      "today": {
        "type": "string",
        "format": "date"
      },
      "revision": {
        "type": "integer"
      },
      "sources": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/SourceQuality"
        }
      },
      "places": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/PlacesQuality"
        }
      },
      "coarse_areas": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "title",
            "generalised_m"
          ],
          "properties": {
            "title": {
              "type": "string"
            },
            "generalised_m": {
              "type": "number"
            }
          }
        }
      }
    }
  },
  "SourceQuality": {
    "type": "object",
    "required": [
      "name",
      "title",
      "made_up",
      "incidents",
      "merged",
      "set_aside",
      "reasons",
      "precision",
      "silent_days",
      "unlikely_from_days",
      "is_silent",
      "dispersion",
      "levels",
      "silences"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "title": {
        "type": "string"
      },
      "made_up": {
        "type": "boolean"
      },
      "incidents": {
        "type": "integer"
      },
      "merged": {
        "type": "integer"
      },
      "period": {
        "$ref": "#/components/schemas/Period"
      },
      "imports": {
        "$ref": "#/components/schemas/ImportSums"
      },
      "set_aside": {
        "type": "integer"
      },
      "reasons": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/NameCount"
        }
      },
      "precision": {
        "type": "object",
        "additionalProperties": {
          "type": "integer"
        }
      },
      "silent_days": {
        "type": "integer"
      },
      "unlikely_from_days": {
        "type": "integer"
      },
      "is_silent": {
        "type": "boolean"
      },
      "dispersion": {
        "type": "number"
      },
      "levels": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/VolumeLevel"
        }
      },
      "silences": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/SilentDays"
        }
      },
      "known_to_police": {
        "$ref": "#/components/schemas/KnownToPolice"
      }
    }
  },
  "ImportSums": {
    "type": "object",
    "required": [
      "files",
      "last",
      "last_file",
      "read",
      "new",
      "revised",
      "unchanged",
      "outside",
      "set_aside",
      "context"
    ],
    "properties": {
      "files": {
        "type": "integer"
      },
      "last": {
        "type": "string",
        "format": "date-time"
      },
      "last_file": {
        "type": "string"
      },
      "read": {
        "type": "integer"
      },
      "new": {
        "type": "integer"
      },
      "revised": {
        "type": "integer"
      },
      "unchanged": {
        "type": "integer"
      },
      "outside": {
        "type": "integer"
      },
      "set_aside": {
        "type": "integer"
      },
      "context": {
        "type": "integer"
      }
    }
  },
  "VolumeLevel": {
    "type": "object",
    "required": [
      "from",
      "to",
      "per_week"
    ],
    "properties": {
      "from": {
        "type": "string",
        "format": "date"
      },
      "to": {
        "type": "string",
        "format": "date"
      },
      "per_week": {
        "type": "number"
      }
    }
  },
  "SilentDays": {
    "type": "object",
    "required": [
      "from",
      "days",
      "expected"
    ],
    "properties": {
      "from": {
        "type": "string",
        "format": "date"
      },
      "days": {
        "type": "integer"
      },
      "expected": {
        "type": "number"
      }
    }
  },
  "KnownToPolice": {
    "type": "object",
    "required": [
      "n",
      "share",
      "low",
      "high"
    ],
    "properties": {
      "n": {
        "type": "integer"
      },
      "share": {
        "type": "number"
      },
      "low": {
        "type": "number"
      },
      "high": {
        "type": "number"
      }
    }
  },
  "PlacesQuality": {
    "type": "object",
    "required": [
      "name",
      "title",
      "as_of",
      "doubted",
      "first"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "title": {
        "type": "string"
      },
      "as_of": {
        "type": "string"
      },
      "doubted": {
        "type": "integer"
      },
      "first": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "sort",
            "name",
            "doubt"
          ],
          "properties": {
            "sort": {
              "type": "string"
            },
            "name": {
              "type": "string"
            },
            "doubt": {
              "type": "string"
            }
          }
        }
      }
    }
  },
  "Health": {
    "type": "object",
    "required": [
      "status",
      "revision"
    ],
    "properties": {
      "status": {
        "type": "string",
        "enum": [
          "ok"
        ]
      },
      "revision": {
        "type": "integer"
      }
    }
  },
  "Period": {
    "type": "object",
    "required": [
      "from",
      "to"
    ],
    "properties": {
      "from": {
        "type": "string",
        "format": "date"
      },
      "to": {
        "type": "string",
        "format": "date"
      }
    }
  },
  "Bounds": {
    "type": "array",
    "items": {
      "type": "number"
    },
    "minItems": 4,
    "maxItems": 4
  },
  "Kind": {
    "type": "object",
    "required": [
      "code",
      "sv",
      "en",
      "group",
      "protected",
      "crime"
    ],
    "properties": {
      "code": {
        "type": "string"
      },
      "sv": {
        "type": "string"
      },
      "en": {
        "type": "string"
      },
      "group": {
        "type": "string"
      },
      "protected": {
        "type": "boolean"
      },
      "crime": {
        "type": "boolean"
      }
    }
  },
  "Source": {
    "type": "object",
    "required": [
      "name",
      "title"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "title": {
        "type": "string"
      }
    }
  },
  "Area": {
    "type": "object",
    "required": [
      "code",
      "name",
      "bounds"
    ],
    "properties": {
      "code": {
        "type": "string"
      },
      "name": {
        "type": "string"
      },
      "population": {
        "type": "integer"
      },
      "population_year": {
        "type": "integer"
      },
      "bounds": {
        "$ref": "#/components/schemas/Bounds"
      }
    }
  },
  "LayerSummary": {
    "type": "object",
    "required": [
      "name",
      "token",
      "formats",
      "minzoom",
      "maxzoom"
    ],
    "properties": {
      "name": {
        "$ref": "#/components/schemas/LayerName"
      },
      "token": {
        "type": "string"
      },
      "formats": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/TileFormat"
        }
      },
      "minzoom": {
        "type": "integer"
      },
      "maxzoom": {
        "type": "integer"
      }
    }
  },
  "County": {
    "type": "object",
    "required": [
      "profile",
      "title_sv",
      "title_en",
      "time_zone",
      "revision",
      "view",
      "bounds",
      "kinds",
      "sources",
      "areas",
      "areas_title",
      "areas_source",
      "areas_generalised_m",
      "layers",
      "incidents",
      "accounts",
      "example_data"
    ],
    "properties": {
      "profile": {
        "type": "string"
      },
      "title_sv": {
        "type": "string"
      },
      "title_en": {
        "type": "string"
      },
      "time_zone": {
        "type": "string"
      },
      "revision": {
        "type": "integer"
      },
      "view": {
        "type": "object",
        "required": [
          "name",
          "digest"
        ],
        "properties": {
          "name": {
            "type": "string",
            "enum": [
              "analyst",
              "public"
            ]
          },
          "digest": {
            "type": "string"
          }
        }
      },
      "bounds": {
        "$ref": "#/components/schemas/Bounds"
      },
      "period": {
        "$ref": "#/components/schemas/Period"
      },
      "kinds": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/Kind"
        }
      },
      "sources": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/Source"
        }
      },
      "areas": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/Area"
        }
      },
      "areas_title": {
        "type": "string"
      },
      "areas_source": {
        "type": "string"
      },
      "areas_generalised_m": {
        "type": "number"
      },
      "layers": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/LayerSummary"
        }
      },
      "incidents": {
        "type": "integer"
      },
      "accounts": {
        "type": "boolean"
      },
      "example_data": {
        "type": "boolean"
      }
    }
  },
  "TileJson": {
    "type": "object",
    "required": [
      "tilejson",
      "name",
      "tiles",
      "minzoom",
      "maxzoom",
      "bounds"
    ],
    "properties": {
      "tilejson": {
        "type": "string",
        "const": "3.0.0"
      },
      "name": {
        "type": "string"
      },
      "tiles": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "minzoom": {
        "type": "integer"
      },
      "maxzoom": {
        "type": "integer"
      },
      "bounds": {
        "$ref": "#/components/schemas/Bounds"
      },
      "attribution": {
        "type": "string"
      },
      "vector_layers": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "fields"
          ],
          "properties": {
            "id": {
              "type": "string"
            },
            "fields": {
              "type": "object",
              "additionalProperties": {
                "type": "string"
              }
            }
          }
        }
      }
    }
  },
  "LeftOut": {
    "type": "object",
    "required": [
      "reason",
      "n"
    ],
    "properties": {
      "reason": {
        "$ref": "#/components/schemas/LeftOutReason"
      },
      "n": {
        "type": "integer"
      }
    }
  },
  "LayerInfo": {
    "type": "object",
    "required": [
      "layer",
      "unit",
      "unit_sv",
      "n",
      "left_out",
      "filter",
      "view",
      "revision",
      "parameters",
      "notes"
    ],
    "properties": {
      "layer": {
        "type": "string"
      },
      "unit": {
        "type": "string"
      },
      "unit_sv": {
        "type": "string"
      },
      "n": {
        "type": "integer"
      },
      "left_out": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/LeftOut"
        }
      },
      "period": {
        "$ref": "#/components/schemas/Period"
      },
      "filter": {
        "type": "string"
      },
      "view": {
        "type": "string"
      },
      "revision": {
        "type": "integer"
      },
      "seed": {
        "type": "integer"
      },
      "parameters": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "notes": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "sv",
            "en"
          ],
          "properties": {
            "sv": {
              "type": "string"
            },
            "en": {
              "type": "string"
            }
          }
        }
      }
    }
  },
  "Legend": {
    "type": "object",
    "required": [
      "info",
      "classes"
    ],
    "properties": {
      "info": {
        "$ref": "#/components/schemas/LayerInfo"
      },
      "classes": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "from",
            "to",
            "colour"
          ],
          "properties": {
            "from": {
              "type": "number"
            },
            "to": {
              "type": "number"
            },
            "colour": {
              "type": "string"
            },
            "sv": {
              "type": "string"
            },
            "en": {
              "type": "string"
            }
          }
        }
      }
    }
  },
  "OptionDescription": {
    "type": "object",
    "required": [
      "key",
      "default",
      "words",
      "unit",
      "allowed",
      "sv",
      "en"
    ],
    "properties": {
      "key": {
        "type": "string"
      },
      "default": {
        "type": "string"
      },
      "words": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "low": {
        "type": "number"
      },
      "high": {
        "type": "number"
      },
      "whole": {
        "type": "boolean"
      },
      "most_edges": {
        "type": "integer"
      },
      "date": {
        "type": "boolean"
      },
      "unit": {
        "type": "string"
      },
      "allowed": {
        "type": "string"
      },
      "sv": {
        "type": "string"
      },
      "en": {
        "type": "string"
      }
    }
  },
  "LayerDescription": {
    "type": "object",
    "required": [
      "name",
      "title_sv",
      "title_en",
      "about_sv",
      "about_en",
      "unit",
      "has_grid",
      "drawing",
      "of_points",
      "takes_long",
      "explains",
      "options",
      "tables",
      "classes"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "title_sv": {
        "type": "string"
      },
      "title_en": {
        "type": "string"
      },
      "about_sv": {
        "type": "string"
      },
      "about_en": {
        "type": "string"
      },
      "unit": {
        "type": "string"
      },
      "has_grid": {
        "type": "boolean"
      },
      "drawing": {
        "type": "string",
        "enum": [
          "none",
          "amount",
          "classes"
        ]
      },
      "of_points": {
        "type": "boolean"
      },
      "takes_long": {
        "type": "boolean"
      },
      "explains": {
        "type": "boolean"
      },
      "options": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/OptionDescription"
        }
      },
      "tables": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "key",
            "title_sv",
            "title_en",
            "has_places"
          ],
          "properties": {
            "key": {
              "type": "string"
            },
            "title_sv": {
              "type": "string"
            },
            "title_en": {
              "type": "string"
            },
            "has_places": {
              "type": "boolean"
            }
          }
        }
      },
      "classes": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "value",
            "colour",
            "sv",
            "en"
          ],
          "properties": {
            "value": {
              "type": "integer"
            },
            "colour": {
              "type": "string"
            },
            "sv": {
              "type": "string"
            },
            "en": {
              "type": "string"
            }
          }
        }
      }
    }
  },
  "LayerCatalogue": {
    "type": "object",
    "required": [
      "layers"
    ],
    "properties": {
      "layers": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/LayerDescription"
        }
      }
    }
  },
  "TableCell": {
    "type": [
      "string",
      "number",
      "null"
    ]
  },
  "Fact": {
    "type": "object",
    "required": [
      "key",
      "sv",
      "en",
      "value"
    ],
    "properties": {
      "key": {
        "type": "string"
      },
      "unit": {
        "type": "string"
      },
      "sv": {
        "type": "string"
      },
      "en": {
        "type": "string"
      },
      "value": {
        "$ref": "#/components/schemas/TableCell"
      }
    }
  },
  "ResultTable": {
    "type": "object",
    "required": [
      "key",
      "total",
      "columns",
      "rows"
    ],
    "properties": {
      "key": {
        "type": "string"
      },
      "total": {
        "type": "integer"
      },
      "columns": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "key",
            "sv",
            "en",
            "type"
          ],
          "properties": {
            "key": {
              "type": "string"
            },
            "unit": {
              "type": "string"
            },
            "sv": {
              "type": "string"
            },
            "en": {
              "type": "string"
            },
            "type": {
              "type": "string",
              "enum": [
                "whole",
                "real",
                "text"
              ]
            }
          }
        }
      },
      "rows": {
        "type": "array",
        "items": {
          "type": "array",
          "items": {
            "$ref": "#/components/schemas/TableCell"
          }
        }
      },
      "labels": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "places": {
        "type": "array",
        "items": {
          "type": "array",
          "items": {
            "type": "number"
          }
        }
      }
    }
  },
  "LayerResult": {
    "type": "object",
    "required": [
      "info",
      "facts",
      "tables"
    ],
    "properties": {
      "info": {
        "$ref": "#/components/schemas/LayerInfo"
      },
      "facts": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/Fact"
        }
      },
      "tables": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/ResultTable"
        }
      }
    }
  },
  "Explanation": {
    "type": "object",
    "required": [
      "info",
      "facts",
      "variants",
      "total_incidents",
      "incidents"
    ],
    "properties": {
      "info": {
        "$ref": "#/components/schemas/LayerInfo"
      },
      "facts": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/Fact"
        }
      },
      "variants": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "option",
            "option_value",
            "key",
            "sv",
            "en",
            "value"
          ],
          "properties": {
            "option": {
              "type": "string"
            },
            "option_value": {
              "type": "string"
            },
            "key": {
              "type": "string"
            },
            "unit": {
              "type": "string"
            },
            "sv": {
              "type": "string"
            },
            "en": {
              "type": "string"
            },
            "value": {
              "$ref": "#/components/schemas/TableCell"
            }
          }
        }
      },
      "total_incidents": {
        "type": "integer"
      },
      "incidents": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/IncidentRow"
        }
      }
    }
  },
  "BeginLayerJob": {
    "type": "object",
    "properties": {
      "f": {
        "type": "string"
      },
      "o": {
        "type": "string"
      }
    }
  },
  "LayerJob": {
    "type": "object",
    "required": [
      "id",
      "layer",
      "filter",
      "options",
      "revision",
      "step",
      "progress"
    ],
    "properties": {
      "id": {
        "type": "integer"
      },
      "layer": {
        "type": "string"
      },
      "filter": {
        "type": "string"
      },
      "options": {
        "type": "string"
      },
      "revision": {
        "type": "integer"
      },
      "step": {
        "type": "string",
        "enum": [
          "waiting",
          "running",
          "done",
          "failed",
          "cancelled"
        ]
      },
      "progress": {
        "type": "number"
      },
      "error": {
        "type": "string"
      },
      "field": {
        "type": "string"
      }
    }
  },
  "Timeline": {
    "type": "object",
    "required": [
      "step",
      "n",
      "bins"
    ],
    "properties": {
      "step": {
        "type": "string",
        "enum": [
          "day",
          "week",
          "month"
        ]
      },
      "n": {
        "type": "integer"
      },
      "bins": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "from",
            "n"
          ],
          "properties": {
            "from": {
              "type": "string",
              "format": "date"
            },
            "n": {
              "type": "integer"
            }
          }
        }
      }
    }
  },
  "Rates": {
    "type": "object",
    "required": [
      "info",
      "areas"
    ],
    "properties": {
      "info": {
        "$ref": "#/components/schemas/LayerInfo"
      },
      "areas": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "code",
            "name"
          ],
          "properties": {
            "code": {
              "type": "string"
            },
            "name": {
              "type": "string"
            },
            "n": {
              "type": "integer"
            },
            "population": {
              "type": "integer"
            },
            "rate": {
              "type": "number"
            },
            "low": {
              "type": "number"
            },
            "high": {
              "type": "number"
            },
            "smoothed": {
              "type": "number"
            }
          }
        }
      }
    }
  },
  "RepeatLocation": {
    "type": "object",
    "required": [
      "rank",
      "lng",
      "lat",
      "n",
      "share",
      "cumulative_share",
      "first",
      "last",
      "kinds"
    ],
    "properties": {
      "rank": {
        "type": "integer"
      },
      "lng": {
        "type": "number"
      },
      "lat": {
        "type": "number"
      },
      "area": {
        "type": "string"
      },
      "label": {
        "type": "string"
      },
      "n": {
        "type": "integer"
      },
      "share": {
        "type": "number"
      },
      "cumulative_share": {
        "type": "number"
      },
      "first": {
        "type": "string",
        "format": "date"
      },
      "last": {
        "type": "string",
        "format": "date"
      },
      "median_gap_days": {
        "type": "number"
      },
      "kinds": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "code",
            "n"
          ],
          "properties": {
            "code": {
              "type": "string"
            },
            "n": {
              "type": "integer"
            }
          }
        }
      }
    }
  },
  "RepeatLocations": {
    "type": "object",
    "required": [
      "info",
      "places",
      "total_places",
      "concentration",
      "gaps",
      "same_day"
    ],
    "properties": {
      "info": {
        "$ref": "#/components/schemas/LayerInfo"
      },
      "total_places": {
        "type": "integer"
      },
      "places": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/RepeatLocation"
        }
      },
      "concentration": {
        "type": "object",
        "required": [
          "gini",
          "generalised_gini",
          "places_with_25_percent",
          "places_with_50_percent",
          "lorenz"
        ],
        "properties": {
          "gini": {
            "type": "number"
          },
          "generalised_gini": {
            "type": "number"
          },
          "places_with_25_percent": {
            "type": "number"
          },
          "places_with_50_percent": {
            "type": "number"
          },
          "lorenz": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "places",
                "incidents"
              ],
              "properties": {
                "places": {
                  "type": "integer"
                },
                "incidents": {
                  "type": "integer"
                }
              }
            }
          }
        }
      },
      "gaps": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "from_days",
            "n"
          ],
          "properties": {
            "from_days": {
              "type": "integer"
            },
            "to_days": {
              "type": "integer"
            },
            "n": {
              "type": "integer"
            }
          }
        }
      },
      "same_day": {
        "type": "integer"
      },
      "median_gap_days": {
        "type": "number"
      },
      "time_to_repeat": {
        "type": "object",
        "required": [
          "followed_to",
          "repeated"
        ],
        "properties": {
          "followed_to": {
            "type": "string",
            "format": "date"
          },
          "median_days": {
            "type": "integer"
          },
          "repeated": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "within_days",
                "share"
              ],
              "properties": {
                "within_days": {
                  "type": "integer"
                },
                "share": {
                  "type": "number"
                }
              }
            }
          }
        }
      }
    }
  },
  "IncidentRow": {
    "type": "object",
    "required": [
      "id",
      "number",
      "kind",
      "from",
      "to",
      "precision",
      "sources",
      "reports"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "number": {
        "type": "integer"
      },
      "kind": {
        "type": "string"
      },
      "from": {
        "type": "string",
        "format": "date-time"
      },
      "to": {
        "type": "string",
        "format": "date-time"
      },
      "precision": {
        "$ref": "#/components/schemas/Precision"
      },
      "area": {
        "type": "string"
      },
      "lng": {
        "type": "number"
      },
      "lat": {
        "type": "number"
      },
      "sources": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "reports": {
        "type": "integer"
      }
    }
  },
  "IncidentPage": {
    "type": "object",
    "required": [
      "incidents",
      "n"
    ],
    "properties": {
      "n": {
        "type": "integer"
      },
      "incidents": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/IncidentRow"
        }
      },
      "next": {
        "type": "string"
      }
    }
  },
  "Voice": {
    "type": "object",
    "required": [
      "source",
      "source_id",
      "kind",
      "kind_confidence",
      "from",
      "to",
      "precision",
      "versions",
      "first_seen",
      "last_seen"
    ],
    "properties": {
      "source": {
        "type": "string"
      },
      "source_id": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "from": {
        "type": "string",
        "format": "date-time"
      },
      "to": {
        "type": "string",
        "format": "date-time"
      },
      "precision": {
        "$ref": "#/components/schemas/Precision"
      },
      "kind_rule": {
        "type": "string"
      },
      "kind_confidence": {
        "type": "integer",
        "minimum": 0,
        "maximum": 100
      },
      "place_text": {
        "type": "string"
      },
      "place_rule": {
        "type": "string"
      },
      "title": {
        "type": "string"
      },
      "text": {
        "type": "string"
      },
      "link": {
        "type": "string"
      },
      "case_number": {
        "type": "string"
      },
      "first_seen": {
        "type": "string",
        "format": "date-time"
      },
      "last_seen": {
        "type": "string",
        "format": "date-time"
      },
      "versions": {
        "type": "integer"
      },
      "gives": {
        "type": "array",
        "items": {
          "type": "string",
          "enum": [
            "place",
            "time",
            "kind"
          ]
        }
      }
    }
  },
  "LinkScore": {
    "type": "object",
    "required": [
      "bits",
      "outcome",
      "of",
      "gap_seconds",
      "withheld",
      "kinds",
      "one_source",
      "other_case_numbers",
      "same_wording",
      "other_numbers",
      "shared_words",
      "explanation"
    ],
    "properties": {
      "bits": {
        "type": "number"
      },
      "outcome": {
        "type": "string",
        "enum": [
          "same",
          "possible",
          "different"
        ]
      },
      "of": {
        "type": "object",
        "required": [
          "prior",
          "time",
          "place",
          "kind",
          "source",
          "words"
        ],
        "properties": {
          "prior": {
            "type": "number"
          },
          "time": {
            "type": "number"
          },
          "place": {
            "type": "number"
          },
          "kind": {
            "type": "number"
          },
          "source": {
            "type": "number"
          },
          "words": {
            "type": "number"
          }
        }
      },
      "gap_seconds": {
        "type": "integer"
      },
      "withheld": {
        "type": "boolean"
      },
      "metres_apart": {
        "type": "number"
      },
      "uncertainty_metres": {
        "type": "number"
      },
      "common_area": {
        "type": "string",
        "where one is known no better.": null
      },
      "kinds": {
        "type": "string",
        "enum": [
          "same",
          "same_group",
          "may_be",
          "unknown",
          "other"
        ]
      },
      "one_source": {
        "type": "boolean"
      },
      "other_case_numbers": {
        "type": "boolean",
        "and not the same.": null
      },
      "same_wording": {
        "type": "boolean"
      },
      "other_numbers": {
        "type": "boolean"
      },
      "shared_words": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "explanation": {
        "type": "array",
        "items": {
          "type": "string"
        }
      }
    }
  },
  "LinkVerdict": {
    "type": "object",
    "required": [
      "a",
      "b",
      "together",
      "by",
      "reason",
      "at"
    ],
    "properties": {
      "a": {
        "type": "string"
      },
      "b": {
        "type": "string"
      },
      "together": {
        "type": "boolean"
      },
      "by": {
        "type": "string"
      },
      "reason": {
        "type": "string"
      },
      "at": {
        "type": "string",
        "format": "date-time"
      }
    }
  },
  "LinkVerdicts": {
    "type": "object",
    "required": [
      "verdicts"
    ],
    "properties": {
      "verdicts": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/LinkVerdict"
        }
      }
    }
  },
  "LinkComparison": {
    "type": "object",
    "required": [
      "a",
      "b",
      "incident_a",
      "incident_b"
    ],
    "properties": {
      "a": {
        "$ref": "#/components/schemas/Voice"
      },
      "b": {
        "$ref": "#/components/schemas/Voice"
      },
      "incident_a": {
        "type": "string"
      },
      "incident_b": {
        "type": "string"
      },
      "score": {
        "$ref": "#/components/schemas/LinkScore"
      },
      "verdict": {
        "$ref": "#/components/schemas/LinkVerdict"
      }
    }
  },
  "LinkReview": {
    "type": "object",
    "required": [
      "n",
      "pairs"
    ],
    "properties": {
      "n": {
        "type": "integer"
      },
      "pairs": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/LinkComparison"
        }
      }
    }
  },
  "DecideLink": {
    "type": "object",
    "additionalProperties": false,
    "required": [
      "a",
      "b",
      "together",
      "by"
    ],
    "properties": {
      "a": {
        "type": "string",
        "maxLength": 500
      },
      "b": {
        "type": "string",
        "maxLength": 500
      },
      "together": {
        "type": "boolean"
      },
      "reason": {
        "type": "string",
        "maxLength": 1000
      },
      "by": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100
      }
    }
  },
  "WithdrawLink": {
    "type": "object",
    "additionalProperties": false,
    "required": [
      "a",
      "b",
      "by"
    ],
    "properties": {
      "a": {
        "type": "string",
        "maxLength": 500
      },
      "b": {
        "type": "string",
        "maxLength": 500
      },
      "by": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100
      }
    }
  },
  "IncidentDetails": {
    "type": "object",
    "required": [
      "incident",
      "voices"
    ],
    "properties": {
      "incident": {
        "$ref": "#/components/schemas/IncidentRow"
      },
      "voices": {
        "type": "array",
        "items": {
          "$ref": "#/components/schemas/Voice"
        }
      }
    }
  }
} as const;
