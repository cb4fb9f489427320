<#
.SYNOPSIS
Loads the module in $ModulePath, and makes a folder with a configuration of its own, in which a measured run finds its script. To be dot-sourced.
#>
. $PSScriptRoot/../../eng/powershell.ps1
$module = (Resolve-Path $ModulePath).ProviderPath
Import-Module $module
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "chatps-$([guid]::NewGuid().ToString('N'))")).FullName
$env:CHATPS_CONFIG = Join-Path $folder 'config'
$script = Join-Path $folder 'run.ps1'
