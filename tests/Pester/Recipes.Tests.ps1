# The scripts of docs/concepts/recipes.md, each at most ten lines, do what is said of them.
BeforeAll {
    . $PSScriptRoot/common.ps1
    $recipes = Get-Content (Join-Path $RepositoryRoot 'docs/concepts/recipes.md') -Raw -Encoding UTF8

    function Get-Recipe([string] $Title) {
        [regex]::Match($recipes, "(?s)## $Title.*?``````powershell\r?\n(.*?)``````").Groups[1].Value
    }
}

AfterAll {
    Clear-Test
}

Describe 'A folder of logs, summarised every night' {
    BeforeAll {
        $code = Get-Recipe 'A folder of logs'
        $script = Join-Path $TestDrive 'Summarize-Log.ps1'
        Set-Content $script $code -Encoding UTF8

        function Invoke-Night([decimal] $MaxCost = 5) {
            $output = Invoke-PowerShell -NoProfile -NonInteractive -Command "`$env:CHATPS_CONFIG = '$env:CHATPS_CONFIG'; Import-Module '$ModulePath'; & '$script' -Folder '$folder' -MaxCost $MaxCost; exit `$LASTEXITCODE" *>&1 | Out-String
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
        }
    }

    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        1..6 | ForEach-Object { Set-Content (Join-Path $folder "app$_.log") "10:0$_ ERROR The backup of volume $_ failed." }
        $env:CHATPS_CONFIG = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $env:CHATPS_CONFIG
        Set-Content (Join-Path $env:CHATPS_CONFIG 'prices.csv') 'Model,Input,Output', 'sandbox-*,1,2'
    }

    It 'has at most ten lines' {
        @($code.Trim() -split "`n").Count | Should -BeIn (3..10)
    }

    It 'ends with 0, and asks for nothing twice' {
        Connect-TestSandbox
        Save-ChatConnection -Default
        $night = Invoke-Night
        $night.ExitCode | Should -Be 0 -Because $night.Output
        $rows = Import-Csv (Join-Path $folder 'summaries.csv')
        $rows.File | Should -Be (1..6 | ForEach-Object { "app$_.log" })
        $rows[0].Text | Should -BeLike '*volume 1*'
        [decimal]$rows[0].Cost | Should -BeGreaterThan 0
        (Invoke-Night).ExitCode | Should -Be 0
        @(Get-TestRequest).Count | Should -Be 6
    }

    It 'ends with 1 where a log failed, and with 0 the next time' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 400; Times = 1 } }
        Save-ChatConnection -Default
        (Invoke-Night).ExitCode | Should -Be 1
        (Invoke-Night).ExitCode | Should -Be 0
        @(Import-Csv (Join-Path $folder 'summaries.csv')).Count | Should -Be 6
        @(Get-TestRequest).Count | Should -Be 7
    }

    It 'ends with 2 where the money is spent, and goes on with more' {
        Connect-TestSandbox
        Save-ChatConnection -Default
        $poor = Invoke-Night 0.0007
        $poor.ExitCode | Should -Be 2 -Because $poor.Output
        $poor.Output | Should -BeLike '*-MaxCost*'
        @(Get-TestRequest).Count | Should -BeIn (1..5)
        (Invoke-Night).ExitCode | Should -Be 0
        @(Get-TestRequest).Count | Should -Be 6
    }
}

Describe 'Two hundred tickets' {
    It 'are classified and grouped' {
        Connect-TestSandbox
        $code = Get-Recipe 'Two hundred tickets'
        @($code.Trim() -split "`n").Count | Should -BeIn (1..10)
        $groups = . ([scriptblock]::Create($code))
        ($groups | Measure-Object Count -Sum).Sum | Should -Be 200
        $groups[0].Name | Should -Match '^(network|hardware|accounts), [123]$'
        $classified[199].Id | Should -Be 200
        $classified[199].team | Should -BeIn 'network', 'hardware', 'accounts'
        @(Get-TestRequest).Count | Should -Be 200
    }
}
