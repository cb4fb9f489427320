# What users download: the module with its notice, the zip and the package of the gallery.
BeforeAll {
    . $PSScriptRoot/common.ps1

    $files = Get-ChildItem $ModulePath -Recurse -File | ForEach-Object { $_.FullName.Substring($ModulePath.Length + 1) -replace '\\', '/' } | Sort-Object
    $libraries = $files -like '*.dll' -replace '.*/|\.dll$' -notlike 'ChatPS*' | Sort-Object -Unique
    $notice = Get-Content (Join-Path $ModulePath 'THIRD-PARTY-NOTICES.txt') -Raw
    $noticed = [regex]::Matches($notice, '(?m)^(\S+) (\S+)\n  Licence:') | ForEach-Object { $_.Groups[1].Value + ' ' + $_.Groups[2].Value } | Sort-Object

    $version = (Get-Module ChatPS).Version
    $packages = Join-Path $TestDrive 'packages'
    $output = & dotnet pack (Join-Path $RepositoryRoot 'eng/Package') -c Release --nologo "-p:ModuleFolder=$(Split-Path $ModulePath)" "-p:PackageOutputPath=$packages"
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet pack: $($output -join "`n")"
    }

    function Get-ZipEntry([string] $Name) {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $zip = [IO.Compression.ZipFile]::OpenRead((Join-Path $packages $Name))
        $zip.Entries.FullName | Sort-Object
        $zip.Dispose()
    }
}

AfterAll {
    Clear-Test
}

Describe 'The module' {
    It 'names every library that it brings in its notice, and no other' {
        $libraries | Should -Not -BeNullOrEmpty
        $noticed -replace ' .*' | Should -Be $libraries
    }

    It 'brings the texts of their licences' {
        foreach ($text in 'Permission is hereby granted', 'Neither the name of the copyright holder', 'Copyright (c) ReactiveUI and contributors') {
            $notice | Should -BeLike "*$text*"
        }
    }

    It 'brings symbols of its own assemblies alone' {
        $files -like '*.pdb' -notlike '*/ChatPS*' | Should -BeNullOrEmpty
    }
}

Describe 'Pack' {
    It 'makes a zip that is an install where it is unpacked into a module folder' {
        $modules = Join-Path $TestDrive 'modules'
        Expand-Archive (Join-Path $packages "ChatPS-$version.zip") $modules
        $result = Invoke-Child -ArgumentList $modules {
            param($Modules)
            $env:PSModulePath = $Modules + [IO.Path]::PathSeparator + $env:PSModulePath
            Import-Module ChatPS
            (Get-Module ChatPS).ModuleBase
            Connect-ChatService -Sandbox
            (Invoke-ChatCompletion hi).Text
        }
        $result | Should -Be (Join-Path (Join-Path $modules ChatPS) "$version"), 'You said: hi'
    }

    It 'puts the files of the module into the zip, and no others' {
        Get-ZipEntry "ChatPS-$version.zip" | Should -Be ($files -replace '^', "ChatPS/$version/")
    }

    It 'puts them into the root of the package, and no others but its own' {
        Get-ZipEntry "ChatPS.$version.nupkg" | Where-Object { $_ -notmatch '^(ChatPS\.nuspec|\[Content_Types\]\.xml|_rels/.*|package/.*)$' } | Should -Be $files
    }

    It 'tells the gallery what the manifest says' {
        Expand-Archive (Copy-Item (Join-Path $packages "ChatPS.$version.nupkg") (Join-Path $TestDrive 'package.zip') -PassThru) (Join-Path $TestDrive 'package')
        $metadata = ([xml](Get-Content (Join-Path $TestDrive 'package/ChatPS.nuspec') -Raw)).package.metadata
        $module = Get-Module ChatPS
        $metadata.version | Should -Be $version
        $metadata.description | Should -Be $module.Description
        $metadata.projectUrl | Should -Be $module.ProjectUri
        $metadata.releaseNotes | Should -Be $module.ReleaseNotes
        $metadata.psobject.Properties.Name | Should -Not -Contain 'dependencies'
        $metadata.tags.Length | Should -BeLessOrEqual 4000 -Because 'the gallery takes no more'
        $expected = @('PSModule', 'PSEdition_Desktop', 'PSEdition_Core', 'PSIncludes_Cmdlet') + $module.Tags
        $expected += $module.ExportedCmdlets.Keys | ForEach-Object { "PSCommand_$_" }
        -split $metadata.tags | Sort-Object | Should -Be ($expected | Sort-Object -Unique)
    }

    It 'lists in its bill of materials what the notice names' {
        $bill = Get-Content (Join-Path $packages "ChatPS-$version.cdx.json") -Raw -Encoding UTF8 | ConvertFrom-Json
        $bill.bomFormat | Should -Be 'CycloneDX'
        "$($bill.metadata.component.name) $($bill.metadata.component.version)" | Should -Be "ChatPS $version"
        $bill.components | ForEach-Object { "$($_.name) $($_.version)" } | Sort-Object | Should -Be $noticed
        $bill.components | Where-Object { -not $_.licenses -or -not $_.hashes } | Should -BeNullOrEmpty
    }

    It 'sums all that it made' {
        $sums = @{}
        foreach ($line in Get-Content (Join-Path $packages 'SHA256SUMS')) {
            $sum, $name = $line -split '  '
            $sums[$name] = $sum
        }

        $made = Get-ChildItem $packages | Where-Object Name -NE SHA256SUMS
        $sums.Keys | Sort-Object | Should -Be ($made.Name | Sort-Object)
        foreach ($file in $made) {
            $sums[$file.Name] | Should -Be (Get-FileHash $file.FullName).Hash
        }
    }
}
