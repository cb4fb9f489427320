BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).ProviderPath
    $scripts = Get-ChildItem (Join-Path $root 'build.ps1'), (Join-Path $root 'eng/*.ps1'), (Join-Path $root 'tests/Pester/*.ps1'), (Join-Path $root 'tests/Pester/*/*.ps1'), (Join-Path $root 'tests/bench/*.ps1') -ErrorAction Ignore |
        ForEach-Object { @{ Script = $_.FullName.Substring($root.Length + 1).Replace('\', '/'); Path = $_.FullName } }
}

BeforeAll {
    $hasAnalyzer = [bool](Get-Module PSScriptAnalyzer -ListAvailable)
}

Describe 'The scripts' {
    It '<Script> passes PSScriptAnalyzer' -ForEach $scripts {
        if (-not $hasAnalyzer) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed (Install-PSResource PSScriptAnalyzer)'
            return
        }

        $findings = Invoke-ScriptAnalyzer -Path $Path -Settings (Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1')
        ($findings | ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" }) -join "`n" | Should -BeNullOrEmpty
    }

    It '<Script> can be read by Windows PowerShell' -ForEach $scripts {
        $text = [IO.File]::ReadAllText($Path)
        $text | Should -Not -Match '[^\x00-\x7F]' -Because 'without a mark it would be read as the code page of the machine'
    }
}
