BeforeAll {
    . $PSScriptRoot/common.ps1

    # The script of the README, on the sandbox.
    $readme = Get-Content (Join-Path $RepositoryRoot 'README.md') -Raw -Encoding UTF8
    $block = [regex]::Match($readme, '(?s)### A nightly runbook.*?```powershell\r?\n(.*?)```').Groups[1].Value
    $runbook = Join-Path $TestDrive 'Summarize-Ticket.ps1'

    function Invoke-Runbook([string[]] $Arguments) {
        $uri = (Get-ChatConnection Test).BaseUri
        $code = $block.Replace('Import-Module ChatPS', "Import-Module '$ModulePath'").Replace('https://api.openai.com', "$uri").Replace('-Model gpt-4o-mini', '-Model gpt-4o-mini -MaxRetry 0')
        Set-Content $runbook $code -Encoding UTF8
        $env:OPENAI_API_KEY = 'sk-test-runbook'
        $output = Invoke-PowerShell -NoProfile -NonInteractive -File $runbook -Path $tickets -Folder $folder @Arguments *>&1 | Out-String
        $env:OPENAI_API_KEY = $null
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
    }
}

AfterAll {
    Clear-Test
}

Describe 'The nightly runbook of the README' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive (New-Guid))
        $tickets = Join-Path $folder 'tickets.csv'
        1..12 | ForEach-Object { [pscustomobject]@{ Id = "T$_"; Text = "Printer $_ is on fire." } } | Export-Csv $tickets -NoTypeInformation -Encoding utf8
    }

    It 'says with its exit code what failed, and asks for nothing else the next time' {
        Connect-TestSandbox @{ Fault = @{ Every = 4; StatusCode = 400; Times = 2 } }
        $first = Invoke-Runbook
        $first.ExitCode | Should -Be 1 -Because $first.Output
        @(Import-Csv (Join-Path $folder 'summaries.csv')).Count | Should -Be 10
        $failures = Import-Csv (Join-Path $folder 'failures.csv')
        $failures.Count | Should -Be 2
        $failures.Id | Should -BeLike 'T*'
        $failures.ErrorId | Select-Object -Unique | Should -Be 'InvalidRequest'
        $first.Output | Should -BeLike '*gpt-4o-mini*12*2*'

        $second = Invoke-Runbook
        $second.ExitCode | Should -Be 0 -Because $second.Output
        (Import-Csv (Join-Path $folder 'summaries.csv')).Id | Should -Be (1..12 | ForEach-Object { "T$_" })
        @(Get-TestRequest).Count | Should -Be 14
    }

    It 'ends where the money is spent, and goes on with more' {
        Connect-TestSandbox
        $first = Invoke-Runbook '-MaxCost', '0.0003'
        $first.ExitCode | Should -Be 2 -Because $first.Output
        $first.Output | Should -BeLike '*-MaxCost*'
        $summaries = Import-Csv (Join-Path $folder 'summaries.csv')
        @($summaries).Count | Should -BeIn (1..11)

        (Invoke-Runbook).ExitCode | Should -Be 0
        @(Import-Csv (Join-Path $folder 'summaries.csv')).Count | Should -Be 12
        @(Get-TestRequest).Count | Should -Be 12
    }
}
