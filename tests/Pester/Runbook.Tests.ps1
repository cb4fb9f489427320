BeforeAll {
    . $PSScriptRoot/common.ps1

    # The script of the README, on the sandbox.
    $readme = Get-Content (Join-Path $RepositoryRoot 'README.md') -Raw -Encoding UTF8
    $block = [regex]::Match($readme, '(?s)### A nightly runbook.*?```powershell\r?\n(.*?)```').Groups[1].Value
    $runbook = Join-Path $TestDrive 'Summarize-Ticket.ps1'

    function Invoke-Runbook([string[]] $Arguments, [uri] $Address, [string] $Key = 'sk-test-runbook') {
        $uri = if ($Address) { $Address } else { (Get-ChatConnection Test).BaseUri }
        $code = $block.Replace('Import-Module ChatPS', "Import-Module '$ModulePath'").Replace('https://api.openai.com', "$uri").Replace('-Model your-model', '-Model your-model -MaxRetry 0')
        Set-Content $runbook $code -Encoding UTF8
        $env:OPENAI_API_KEY = $Key
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
        $first.Output | Should -BeLike '*your-model*12*2*'

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

    It 'says with its exit code that <What>, in one line and at once' -ForEach @(
        @{ What = 'the key is wrong'; Key = 'sk-test-wrong'; Says = '*Incorrect API key*The run was ended; 0 answers are there.*Check the key of connection*'; Requests = 12 }
        @{ What = 'there is no key'; Key = ''; Says = '*-ApiKey is empty. Give a key*'; Requests = 0 }
        @{ What = 'there is no file'; Key = 'sk-test-runbook'; Says = '*nowhere.csv*'; Requests = 0; Arguments = '-Path', 'nowhere.csv' }
        @{ What = 'there is no network'; Key = 'sk-test-runbook'; Says = '*10 requests in a row did not reach the service. No connection to *'; Requests = 0; Address = 'http://127.0.0.1:9' }
    ) {
        Connect-TestSandbox @{ RequireKey = 'sk-test-runbook' } @{ ApiKey = 'sk-test-runbook' }
        if ($Arguments) {
            $tickets = Join-Path $folder $Arguments[1]
        }

        $run = Invoke-Runbook -Address $Address -Key $Key
        $run.ExitCode | Should -Be 2 -Because $run.Output
        ($run.Output -replace '\s+', ' ') | Should -BeLike $Says
        ([regex]::Matches($run.Output, 'WARNING')).Count | Should -Be 1 -Because $run.Output
        @(Get-TestRequest).Count | Should -BeLessOrEqual $Requests
        if (Test-Path (Join-Path $folder 'failures.csv')) {
            @(Import-Csv (Join-Path $folder 'failures.csv')).Count | Should -BeLessOrEqual 9
        }

        # What was wrong is put right, and the same command does the work.
        $tickets = Join-Path $folder 'tickets.csv'
        (Invoke-Runbook).ExitCode | Should -Be 0
        @(Import-Csv (Join-Path $folder 'summaries.csv')).Count | Should -Be 12
    }
}
