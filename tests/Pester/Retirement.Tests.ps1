BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Models that end' {
    BeforeEach {
        Connect-TestSandbox @{ Model = 'sandbox-mini', 'sandbox-retiring', 'sandbox-retired' } @{ Model = 'sandbox-retiring' }
    }

    It 'warns once of a model that ends soon, of which the list told' {
        $null = Get-ChatModel
        $answers = 1..5 | Invoke-ChatCompletion -Prompt 'Count.' -WarningVariable warnings -WarningAction SilentlyContinue
        $answers.Count | Should -Be 5
        $warnings.Count | Should -Be 1
        "$($warnings[0])" | Should -BeLike "The model 'sandbox-retiring' of connection 'Test' retires on 20*, in 10 days. The service names 'sandbox-mini' in its place.*"
        $null = Invoke-ChatCompletion 'Again' -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 0
    }

    It 'warns for other commands that name a model, and not with -Quiet' {
        $null = Get-ChatModel
        Test-ChatModeration 'kill' -Model sandbox-retiring -Quiet -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeTrue
        $warnings.Count | Should -Be 0
        $null = Get-ChatEmbedding 'a' -Model sandbox-retiring -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
    }

    It 'does not warn where nothing is known' {
        $null = Invoke-ChatCompletion 'Hello' -WarningVariable warnings
        $warnings.Count | Should -Be 0
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'looks once a day where the provider tells of ends, and warns once over several processes' {
        $address = (Get-ChatConnection Test).BaseUri
        New-Item -ItemType Directory $env:CHATPS_CONFIG -Force | Out-Null
        @{ Ours = @{ baseUri = "$address"; isLocal = $true; tellsRetirement = $true } } | ConvertTo-Json | Set-Content (Join-Path $env:CHATPS_CONFIG providers.json)
        $ends = Join-Path $env:CHATPS_CONFIG models.json
        $script = @"
            Import-Module '$ModulePath'
            Connect-ChatService -Provider Ours -Model sandbox-retiring -Quiet
            `$ask = { `$null = Invoke-ChatCompletion 'Hello' -WarningVariable warnings -WarningAction SilentlyContinue; `$warnings.ForEach{ "`$_" } }
            do { & `$ask } until (Test-Path '$ends')
            & `$ask
"@
        $told = 1..2 | ForEach-Object { Invoke-PowerShell -NoProfile -NonInteractive -Command $script }
        @($told).Count | Should -Be 1
        $told | Should -BeLike "The model 'sandbox-retiring' of connection 'Ours' retires on *"
        @(Get-TestRequest | Where-Object Method -EQ GET).Path | Should -Be '/v1/models/sandbox-retiring'
    }

    It 'says that a model is gone, and what the service names in its place' {
        $failure = Get-Failure { Invoke-ChatCompletion 'Hello' -Model sandbox-retired }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        "$failure" | Should -BeLike '*has been deprecated*'
    }
}
