# Where prices come from, who says what a run would cost, and what has none.
BeforeAll {
    . $PSScriptRoot/common.ps1

    # What a user sees of -WhatIf: it goes to the host alone.
    function Get-WhatIf([string] $Command, [hashtable] $Connection = @{}) {
        $uri = (Get-ChatConnection Test).BaseUri
        Invoke-Child -ArgumentList $ModulePath, "$uri", $Command, $Connection {
            param($Module, $Uri, $Command, $Connection)
            Import-Module $Module
            Connect-ChatService $Uri -Model sandbox-mini @Connection
            $shell = [powershell]::Create('CurrentRunspace')
            & ([scriptblock]::Create($Command)) *>&1
        } | Out-String
    }
}

AfterAll {
    Clear-Test
}

Describe 'Prices' {
    BeforeEach {
        $env:CHATPS_CONFIG = Join-Path $TestDrive ([guid]::NewGuid())
        Connect-TestSandbox
        Clear-ChatUsage
    }

    It 'of the connection price every answer: <What>' -ForEach @(
        @{ What = 'a hashtable'; Table = { @{ 'sandbox-*' = 1, 2 } } }
        @{ What = 'a file'; Table = { Set-Content $TestDrive/p.csv 'Model,Input,Output', 'sandbox-*,1,2'; "$TestDrive/p.csv" } }
        @{ What = 'rows'; Table = { , @([pscustomobject]@{ Model = 'sandbox-*'; Input = 1; Output = 2 }) } }
    ) {
        Connect-ChatService -Name Test -PriceTable (& $Table)
        $answer = Invoke-ChatCompletion hi
        $answer.Cost | Should -Be (($answer.Usage.InputTokens + 2 * $answer.Usage.OutputTokens) / 1e6)
        (Invoke-ChatCompletion hi -Stream | Select-Object -Last 1).Completion.Cost | Should -Be $answer.Cost
        (Get-ChatUsage).Cost | Should -Be (2 * $answer.Cost)
    }

    It 'come from the configuration folder where nothing else has any' {
        $null = New-Item -ItemType Directory $env:CHATPS_CONFIG
        $file = Join-Path $env:CHATPS_CONFIG 'prices.csv'
        Set-Content $file 'Model,Input,Output', 'sandbox-*,1,2'
        (Invoke-ChatCompletion hi).Cost | Should -Be 0.000009
        Set-Content $file 'Model,Input,Output', 'sandbox-*,10,20', 'other,1,1'
        (Get-Item $file).LastWriteTime = (Get-Date).AddSeconds(5)
        (Invoke-ChatCompletion hi).Cost | Should -Be 0.00009 -Because 'it is read anew'
        Connect-ChatService -Name Test -PriceTable @{ '*' = 100, 200 }
        (Invoke-ChatCompletion hi).Cost | Should -Be 0.0009
        (Invoke-ChatCompletion hi -PriceTable @{ '*' = 1, 2 }).Cost | Should -Be 0.000009
    }

    It 'of the configuration folder that cannot be read are an error before anything is sent' {
        $null = New-Item -ItemType Directory $env:CHATPS_CONFIG
        Set-Content (Join-Path $env:CHATPS_CONFIG 'prices.csv') 'Model,Input,Output', 'sandbox-*,much,2'
        "$(@(Get-Failure { Invoke-ChatCompletion hi })[0])" | Should -BeLike "*Input is 'much'*"
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'of the connection are enough for -MaxCost' {
        Connect-ChatService -Name Test -PriceTable @{ '*' = 100, 200 }
        @(Get-Failure { 1..9 | Invoke-ChatCompletion 'Say' -MaxCost 0.003 -MaxCompletionTokens 4 -ThrottleLimit 1 }).FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded,*'
    }

    It 'in a file are kept with the connection, and as values are not' {
        Set-Content $TestDrive/kept.csv 'Model,Input,Output', '*,1,2'
        Connect-ChatService -Name Test -PriceTable $TestDrive/kept.csv
        Save-ChatConnection -Force -WarningVariable none -WarningAction SilentlyContinue
        "$none" | Should -Not -BeLike '*prices*'
        Disconnect-ChatService * -Quiet
        (Invoke-ChatCompletion hi -Connection Test).Cost | Should -Be 0.000009
        Connect-ChatService -Name Test -PriceTable @{ '*' = 1, 2 }
        Save-ChatConnection -Force -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*prices*'
    }

    It 'that fit no model are told of: <What>' -ForEach @(
        @{ What = 'by the command'; Script = { $null = Invoke-ChatCompletion hi -PriceTable @{ nothing = 1, 2 } } }
        @{ What = 'by Connect-ChatService'; Script = { Connect-ChatService -Name Test -PriceTable @{ nothing = 1, 2 } } }
        @{ What = 'by Get-ChatUsage'; Script = { $null = Invoke-ChatCompletion hi; $null = Get-ChatUsage -PriceTable @{ nothing = 1, 2 } } }
        @{ What = 'once for many items'; Script = { $null = 1..5 | Invoke-ChatCompletion 'Say' -PriceTable @{ nothing = 1, 2 } } }
    ) {
        $warnings = @(& $Script 3>&1 | Where-Object { $_ -is [Management.Automation.WarningRecord] })
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike "*no price for*'sandbox-mini'*"
    }

    It 'that fit are not' {
        $null = Invoke-ChatCompletion hi -PriceTable @{ 'sandbox-*' = 1, 2; nothing = 1, 2 } -WarningVariable warnings
        $null = Get-ChatUsage -PriceTable @{ 'sandbox-*' = 1, 2 } -WarningVariable +warnings
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'What has no price' {
    BeforeEach {
        Connect-TestSandbox
        Clear-ChatUsage
    }

    It 'is counted' {
        $null = 1..3 | Invoke-ChatCompletion 'Say' -PriceTable @{ 'sandbox-mini' = 1, 2 }
        $null = Invoke-ChatCompletion hi
        $null = Invoke-ChatCompletion hi -Model sandbox-large
        $null = Get-ChatModel
        $null = Invoke-ChatCompletion hi -Model missing-model -ErrorAction SilentlyContinue
        $usage = Get-ChatUsage
        $usage.Model | Should -Be '', 'missing-model', 'sandbox-large', 'sandbox-mini'
        $usage.Unpriced | Should -Be 0, 0, 1, 1
        (Get-ChatUsage -PriceTable @{ 'sandbox-mini' = 1, 2 }).Unpriced | Should -Be 0, 0, 1, 0
    }

    It 'is not what costs nothing' {
        $null = 'a' | Test-ChatModeration
        (Get-ChatUsage).Unpriced | Should -Be 1
        $free = Get-ChatUsage -PriceTable @{ 'omni-*' = 0, 0 }
        $free.Cost, $free.Unpriced | Should -Be 0, 0
    }
}

Describe 'The views of costs' {
    It 'have all digits, within 80 columns' {
        Connect-TestSandbox @{} @{ PriceTable = @{ '*' = 0.15, 0.6 } }
        Clear-ChatUsage
        $null = 1..2 | Invoke-ChatCompletion 'Say'
        $lines = (Get-ChatUsage | Out-String -Width 80) -split "`r?`n" | Where-Object { $_ }
        ($lines -join "`n") | Should -BeLike '*Connection*Model*Requests*Failures*Input*Output*Cost*'
        ($lines -join '') -replace '\s' | Should -BeLike "*$((Get-ChatUsage).Cost.ToString('0.####################', [cultureinfo]::InvariantCulture))*"
        $lines | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}

Describe '-WhatIf of Invoke-ChatCompletion' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'estimates tokens and cost, and sends nothing' {
        $text = Get-WhatIf "'one', 'two' | Invoke-ChatCompletion 'Say' -MaxCompletionTokens 100 -WhatIf" @{ PriceTable = @{ '*' = 1, 2 } }
        $text | Should -BeLike '*"Ask, by connection*tokens in, at most 100 out, about 0.0002*in cost*on target "sandbox-mini"*'
        $text | Should -BeLike '*in all (about * tokens in, at most 200 out, about 0.0004*on target "2 requests"*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'estimates with tools as well' {
        Get-WhatIf "Invoke-ChatCompletion 'Go' -Tool Get-Date -WhatIf" | Should -BeLike '*about * tokens in, answers not counted*'
        Get-TestRequest | Should -BeNullOrEmpty
    }
}
